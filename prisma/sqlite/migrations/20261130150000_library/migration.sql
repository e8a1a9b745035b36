-- The state of a bookmark, notes, lists, and tags of the reader's own.

ALTER TABLE "Bookmark" ADD COLUMN "state" TEXT NOT NULL DEFAULT 'toread';
CREATE INDEX "Bookmark_readerId_createdAt_idx" ON "Bookmark"("readerId", "createdAt");
CREATE INDEX "Bookmark_readerId_state_idx" ON "Bookmark"("readerId", "state");

CREATE TABLE "Note" (
    "readerId" TEXT NOT NULL,
    "paperKey" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "terms" TEXT NOT NULL,
    "updatedAt" DATETIME NOT NULL,

    PRIMARY KEY ("readerId", "paperKey"),
    CONSTRAINT "Note_readerId_fkey" FOREIGN KEY ("readerId") REFERENCES "Reader" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Note_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper" ("key") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "Note_paperKey_idx" ON "Note"("paperKey");

CREATE TABLE "ReaderList" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "readerId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "folded" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "ReaderList_readerId_fkey" FOREIGN KEY ("readerId") REFERENCES "Reader" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "ReaderList_readerId_folded_key" ON "ReaderList"("readerId", "folded");

CREATE TABLE "ListedPaper" (
    "listId" INTEGER NOT NULL,
    "paperKey" INTEGER NOT NULL,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("listId", "paperKey"),
    CONSTRAINT "ListedPaper_listId_fkey" FOREIGN KEY ("listId") REFERENCES "ReaderList" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "ListedPaper_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper" ("key") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;
CREATE INDEX "ListedPaper_paperKey_idx" ON "ListedPaper"("paperKey");

CREATE TABLE "OwnTag" (
    "readerId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "paperKey" INTEGER NOT NULL,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("readerId", "name", "paperKey"),
    CONSTRAINT "OwnTag_readerId_fkey" FOREIGN KEY ("readerId") REFERENCES "Reader" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "OwnTag_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper" ("key") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;
CREATE INDEX "OwnTag_paperKey_idx" ON "OwnTag"("paperKey");

-- A change may now set several marks of one paper.
ALTER TABLE "Change" ADD COLUMN "about" TEXT;
ALTER TABLE "Change" ADD COLUMN "lists" TEXT;

CREATE TABLE "new_ChangedMark" (
    "changeId" INTEGER NOT NULL,
    "paperKey" INTEGER NOT NULL,
    "mark" TEXT NOT NULL,
    "item" TEXT NOT NULL,
    "createdAt" DATETIME,
    "value" TEXT,

    PRIMARY KEY ("changeId", "paperKey", "mark", "item"),
    CONSTRAINT "ChangedMark_changeId_fkey" FOREIGN KEY ("changeId") REFERENCES "Change" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "ChangedMark_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper" ("key") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;
INSERT INTO "new_ChangedMark" ("changeId", "paperKey", "mark", "item", "createdAt", "value")
SELECT m."changeId", m."paperKey", CASE WHEN c."kind" IN ('seen', 'unseen') THEN 'Seen' ELSE 'Bookmark' END, '', m."createdAt",
    CASE WHEN c."kind" = 'unbookmarked' THEN 'toread' END
FROM "ChangedMark" AS m JOIN "Change" AS c ON c."id" = m."changeId";
DROP TABLE "ChangedMark";
ALTER TABLE "new_ChangedMark" RENAME TO "ChangedMark";
CREATE INDEX "ChangedMark_paperKey_idx" ON "ChangedMark"("paperKey");
