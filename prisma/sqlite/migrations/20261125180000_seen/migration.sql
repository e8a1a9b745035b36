-- What the reader has seen, what can be undone, and how they like it shown.

ALTER TABLE "Reader" ADD COLUMN "settings" TEXT NOT NULL DEFAULT '{}';
ALTER TABLE "Reader" ADD COLUMN "since" TEXT;

CREATE TABLE "Seen" (
    "readerId" TEXT NOT NULL,
    "paperKey" INTEGER NOT NULL,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("readerId", "paperKey"),
    CONSTRAINT "Seen_readerId_fkey" FOREIGN KEY ("readerId") REFERENCES "Reader" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Seen_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper" ("key") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;
CREATE INDEX "Seen_paperKey_idx" ON "Seen"("paperKey");

CREATE TABLE "Change" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "readerId" TEXT NOT NULL,
    "madeAt" DATETIME NOT NULL,
    "said" TEXT NOT NULL,
    "before" TEXT NOT NULL,
    "undoneAt" DATETIME,
    CONSTRAINT "Change_readerId_fkey" FOREIGN KEY ("readerId") REFERENCES "Reader" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "Change_readerId_id_idx" ON "Change"("readerId", "id");
