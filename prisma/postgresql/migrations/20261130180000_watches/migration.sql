-- Searches that a reader follows, and the papers that match them.

CREATE TABLE "Watch" (
    "id" SERIAL NOT NULL,
    "readerId" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "folded" TEXT COLLATE "C" NOT NULL,
    "q" TEXT COLLATE "C" NOT NULL,
    "mutes" BOOLEAN NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "openedAt" TIMESTAMP(3) NOT NULL,
    "filled" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "Watch_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Watch_readerId_folded_key" ON "Watch"("readerId", "folded");
ALTER TABLE "Watch" ADD CONSTRAINT "Watch_readerId_fkey" FOREIGN KEY ("readerId") REFERENCES "Reader"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "WatchMatch" (
    "watchId" INTEGER NOT NULL,
    "paperKey" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "WatchMatch_pkey" PRIMARY KEY ("watchId","paperKey")
);
CREATE INDEX "WatchMatch_paperKey_idx" ON "WatchMatch"("paperKey");
CREATE INDEX "WatchMatch_watchId_createdAt_idx" ON "WatchMatch"("watchId", "createdAt");
ALTER TABLE "WatchMatch" ADD CONSTRAINT "WatchMatch_watchId_fkey" FOREIGN KEY ("watchId") REFERENCES "Watch"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "WatchMatch" ADD CONSTRAINT "WatchMatch_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper"("key") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "UnmatchedPaper" (
    "id" SERIAL NOT NULL,
    "paperKey" INTEGER NOT NULL,
    CONSTRAINT "UnmatchedPaper_pkey" PRIMARY KEY ("id")
);

ALTER TABLE "Change" ADD COLUMN "watches" TEXT COLLATE "C";
ALTER TABLE "Bookmark" ADD COLUMN "snoozedTo" TEXT COLLATE "C";

-- The oldest bookmarks of a state, and those that rest (lib/readers/forgotten.ts).
DROP INDEX "Bookmark_readerId_state_idx";
CREATE INDEX "Bookmark_readerId_state_createdAt_idx" ON "Bookmark"("readerId", "state", "createdAt");
CREATE INDEX "Bookmark_readerId_snoozedTo_idx" ON "Bookmark"("readerId", "snoozedTo");
