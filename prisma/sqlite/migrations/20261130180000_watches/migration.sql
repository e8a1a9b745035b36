-- Searches that a reader follows, and the papers that match them.

CREATE TABLE "Watch" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "readerId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "folded" TEXT NOT NULL,
    "q" TEXT NOT NULL,
    "mutes" BOOLEAN NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "openedAt" DATETIME NOT NULL,
    "filled" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "Watch_readerId_fkey" FOREIGN KEY ("readerId") REFERENCES "Reader" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "Watch_readerId_folded_key" ON "Watch"("readerId", "folded");

CREATE TABLE "WatchMatch" (
    "watchId" INTEGER NOT NULL,
    "paperKey" INTEGER NOT NULL,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("watchId", "paperKey"),
    CONSTRAINT "WatchMatch_watchId_fkey" FOREIGN KEY ("watchId") REFERENCES "Watch" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "WatchMatch_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper" ("key") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;
CREATE INDEX "WatchMatch_paperKey_idx" ON "WatchMatch"("paperKey");
CREATE INDEX "WatchMatch_watchId_createdAt_idx" ON "WatchMatch"("watchId", "createdAt");

CREATE TABLE "UnmatchedPaper" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "paperKey" INTEGER NOT NULL
);

ALTER TABLE "Change" ADD COLUMN "watches" TEXT;
ALTER TABLE "Bookmark" ADD COLUMN "snoozedTo" TEXT;

-- The oldest bookmarks of a state, and those that rest (lib/readers/forgotten.ts).
DROP INDEX "Bookmark_readerId_state_idx";
CREATE INDEX "Bookmark_readerId_state_createdAt_idx" ON "Bookmark"("readerId", "state", "createdAt");
CREATE INDEX "Bookmark_readerId_snoozedTo_idx" ON "Bookmark"("readerId", "snoozedTo");
