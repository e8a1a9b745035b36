-- The state of a bookmark, notes, lists, and tags of the reader's own.

ALTER TABLE "Bookmark" ADD COLUMN "state" TEXT COLLATE "C" NOT NULL DEFAULT 'toread';
CREATE INDEX "Bookmark_readerId_createdAt_idx" ON "Bookmark"("readerId", "createdAt");
CREATE INDEX "Bookmark_readerId_state_idx" ON "Bookmark"("readerId", "state");

CREATE TABLE "Note" (
    "readerId" TEXT COLLATE "C" NOT NULL,
    "paperKey" INTEGER NOT NULL,
    "text" TEXT COLLATE "C" NOT NULL,
    "terms" TEXT COLLATE "C" NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "Note_pkey" PRIMARY KEY ("readerId","paperKey")
);
CREATE INDEX "Note_paperKey_idx" ON "Note"("paperKey");
ALTER TABLE "Note" ADD CONSTRAINT "Note_readerId_fkey" FOREIGN KEY ("readerId") REFERENCES "Reader"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Note" ADD CONSTRAINT "Note_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper"("key") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "ReaderList" (
    "id" SERIAL NOT NULL,
    "readerId" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "folded" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "ReaderList_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "ReaderList_readerId_folded_key" ON "ReaderList"("readerId", "folded");
ALTER TABLE "ReaderList" ADD CONSTRAINT "ReaderList_readerId_fkey" FOREIGN KEY ("readerId") REFERENCES "Reader"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "ListedPaper" (
    "listId" INTEGER NOT NULL,
    "paperKey" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "ListedPaper_pkey" PRIMARY KEY ("listId","paperKey")
);
CREATE INDEX "ListedPaper_paperKey_idx" ON "ListedPaper"("paperKey");
ALTER TABLE "ListedPaper" ADD CONSTRAINT "ListedPaper_listId_fkey" FOREIGN KEY ("listId") REFERENCES "ReaderList"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ListedPaper" ADD CONSTRAINT "ListedPaper_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper"("key") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "OwnTag" (
    "readerId" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "paperKey" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "OwnTag_pkey" PRIMARY KEY ("readerId","name","paperKey")
);
CREATE INDEX "OwnTag_paperKey_idx" ON "OwnTag"("paperKey");
ALTER TABLE "OwnTag" ADD CONSTRAINT "OwnTag_readerId_fkey" FOREIGN KEY ("readerId") REFERENCES "Reader"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "OwnTag" ADD CONSTRAINT "OwnTag_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- A change may now set several marks of one paper.
ALTER TABLE "Change" ADD COLUMN "about" TEXT COLLATE "C";
ALTER TABLE "Change" ADD COLUMN "lists" TEXT COLLATE "C";

ALTER TABLE "ChangedMark" ADD COLUMN "mark" TEXT COLLATE "C" NOT NULL DEFAULT 'Bookmark';
ALTER TABLE "ChangedMark" ADD COLUMN "item" TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE "ChangedMark" ADD COLUMN "value" TEXT COLLATE "C";
UPDATE "ChangedMark" AS m SET "mark" = CASE WHEN c."kind" IN ('seen', 'unseen') THEN 'Seen' ELSE 'Bookmark' END,
    "value" = CASE WHEN c."kind" = 'unbookmarked' THEN 'toread' END
FROM "Change" AS c WHERE c."id" = m."changeId";
ALTER TABLE "ChangedMark" ALTER COLUMN "mark" DROP DEFAULT;
ALTER TABLE "ChangedMark" ALTER COLUMN "item" DROP DEFAULT;
ALTER TABLE "ChangedMark" DROP CONSTRAINT "ChangedMark_pkey";
ALTER TABLE "ChangedMark" ADD CONSTRAINT "ChangedMark_pkey" PRIMARY KEY ("changeId","paperKey","mark","item");
