-- All of prisma/schema.prisma. Texts compare by their bytes, as on SQLite, whatever the database's own collation is.

CREATE TABLE "Paper" (
    "key" SERIAL NOT NULL,
    "id" TEXT COLLATE "C" NOT NULL,
    "arxivId" TEXT COLLATE "C",
    "textId" TEXT COLLATE "C" NOT NULL,
    "orderKey" BIGINT NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "abstract" TEXT COLLATE "C",
    "authorCount" INTEGER,
    "publishedOn" TEXT COLLATE "C",
    "feedDay" TEXT COLLATE "C",
    "upvotes" INTEGER,
    "commentCount" INTEGER,
    "submitterName" TEXT COLLATE "C",
    "submitterFull" TEXT COLLATE "C",
    "organizationName" TEXT COLLATE "C",
    "organizationFull" TEXT COLLATE "C",
    "codeUrl" TEXT COLLATE "C",
    "codeStars" INTEGER,
    "projectPage" TEXT COLLATE "C",
    "summary" TEXT COLLATE "C",
    "summarySource" TEXT COLLATE "C",
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "withdrawn" BOOLEAN,
    "asOf" TEXT COLLATE "C",
    "fieldRanks" TEXT COLLATE "C" NOT NULL DEFAULT '',

    CONSTRAINT "Paper_pkey" PRIMARY KEY ("key")
);

CREATE TABLE "Author" (
    "paperKey" INTEGER NOT NULL,
    "place" INTEGER NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "Author_pkey" PRIMARY KEY ("paperKey","place")
);

CREATE TABLE "Tag" (
    "paperKey" INTEGER NOT NULL,
    "place" INTEGER NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "source" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "Tag_pkey" PRIMARY KEY ("paperKey","name")
);

CREATE TABLE "Figure" (
    "paperKey" INTEGER NOT NULL,
    "url" TEXT COLLATE "C" NOT NULL,
    "place" INTEGER NOT NULL,
    "hash" TEXT COLLATE "C",
    "width" INTEGER,
    "height" INTEGER,
    "note" TEXT COLLATE "C",
    "triedAt" TIMESTAMP(3),

    CONSTRAINT "Figure_pkey" PRIMARY KEY ("paperKey","url")
);

CREATE TABLE "Listing" (
    "id" SERIAL NOT NULL,
    "fingerprint" TEXT COLLATE "C" NOT NULL,
    "source" TEXT COLLATE "C" NOT NULL,
    "url" TEXT COLLATE "C",
    "format" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL,
    "period" TEXT COLLATE "C",
    "listedOn" TEXT COLLATE "C",
    "listedOnInferred" BOOLEAN NOT NULL DEFAULT false,
    "sample" BOOLEAN NOT NULL DEFAULT false,
    "importedAt" TIMESTAMP(3) NOT NULL,
    "importedTo" INTEGER NOT NULL DEFAULT 0,
    "asOf" TEXT COLLATE "C",

    CONSTRAINT "Listing_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Import" (
    "id" SERIAL NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "source" TEXT COLLATE "C" NOT NULL,
    "url" TEXT COLLATE "C",
    "format" TEXT COLLATE "C",
    "kind" TEXT COLLATE "C",
    "period" TEXT COLLATE "C",
    "listedOn" TEXT COLLATE "C",
    "listed" INTEGER NOT NULL DEFAULT 0,
    "new" INTEGER NOT NULL DEFAULT 0,
    "updated" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT COLLATE "C",
    "listingId" INTEGER,

    CONSTRAINT "Import_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Rejection" (
    "importId" INTEGER NOT NULL,
    "entry" INTEGER NOT NULL,
    "reason" TEXT COLLATE "C" NOT NULL,
    "excerpt" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "Rejection_pkey" PRIMARY KEY ("importId","entry")
);

CREATE TABLE "VotePoint" (
    "paperKey" INTEGER NOT NULL,
    "day" TEXT COLLATE "C" NOT NULL,
    "upvotes" INTEGER,
    "commentCount" INTEGER,

    CONSTRAINT "VotePoint_pkey" PRIMARY KEY ("paperKey","day")
);

CREATE TABLE "Validator" (
    "url" TEXT COLLATE "C" NOT NULL,
    "etag" TEXT COLLATE "C",
    "lastModified" TEXT COLLATE "C",

    CONSTRAINT "Validator_pkey" PRIMARY KEY ("url")
);

CREATE TABLE "Refresh" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "startedAt" TIMESTAMP(3),
    "beatAt" TIMESTAMP(3),
    "finishedAt" TIMESTAMP(3),
    "message" TEXT COLLATE "C",
    "failed" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Refresh_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "HostTurn" (
    "host" TEXT COLLATE "C" NOT NULL,
    "freeAt" BIGINT NOT NULL,
    "heldUntil" BIGINT NOT NULL,

    CONSTRAINT "HostTurn_pkey" PRIMARY KEY ("host")
);

CREATE TABLE "Entry" (
    "listingId" INTEGER NOT NULL,
    "place" INTEGER NOT NULL,
    "paperKey" INTEGER NOT NULL,
    "listedOn" TEXT COLLATE "C",
    "upvotes" INTEGER,
    "commentCount" INTEGER,
    "source" BYTEA NOT NULL,

    CONSTRAINT "Entry_pkey" PRIMARY KEY ("listingId","place")
);

CREATE TABLE "FormerId" (
    "id" TEXT COLLATE "C" NOT NULL,
    "paperKey" INTEGER NOT NULL,

    CONSTRAINT "FormerId_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Word" (
    "word" TEXT COLLATE "C" NOT NULL,
    "papers" INTEGER NOT NULL,

    CONSTRAINT "Word_pkey" PRIMARY KEY ("word")
);

CREATE TABLE "NameWord" (
    "kind" TEXT COLLATE "C" NOT NULL,
    "word" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "NameWord_pkey" PRIMARY KEY ("kind","word","name")
);

CREATE TABLE "Revision" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "number" INTEGER NOT NULL,
    "importedAt" TIMESTAMP(3),
    "termsVersion" INTEGER NOT NULL,

    CONSTRAINT "Revision_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Reader" (
    "id" TEXT COLLATE "C" NOT NULL,
    "settings" TEXT COLLATE "C" NOT NULL DEFAULT '{}',
    "since" TEXT COLLATE "C",

    CONSTRAINT "Reader_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Seen" (
    "readerId" TEXT COLLATE "C" NOT NULL,
    "paperKey" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Seen_pkey" PRIMARY KEY ("readerId","paperKey")
);

CREATE TABLE "Change" (
    "id" SERIAL NOT NULL,
    "readerId" TEXT COLLATE "C" NOT NULL,
    "madeAt" TIMESTAMP(3) NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL,
    "settings" TEXT COLLATE "C",
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "Change_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ChangedMark" (
    "changeId" INTEGER NOT NULL,
    "paperKey" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3),

    CONSTRAINT "ChangedMark_pkey" PRIMARY KEY ("changeId","paperKey")
);

CREATE TABLE "Bookmark" (
    "readerId" TEXT COLLATE "C" NOT NULL,
    "paperKey" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Bookmark_pkey" PRIMARY KEY ("readerId","paperKey")
);

CREATE UNIQUE INDEX "Paper_id_key" ON "Paper"("id");
CREATE UNIQUE INDEX "Paper_arxivId_key" ON "Paper"("arxivId");
CREATE UNIQUE INDEX "Paper_orderKey_key" ON "Paper"("orderKey");
CREATE INDEX "Paper_textId_idx" ON "Paper"("textId");
CREATE INDEX "Paper_upvotes_idx" ON "Paper"("upvotes");
CREATE INDEX "Paper_organizationName_idx" ON "Paper"("organizationName");
CREATE INDEX "Paper_organizationFull_idx" ON "Paper"("organizationFull");
CREATE INDEX "Author_name_idx" ON "Author"("name");
CREATE INDEX "Tag_name_idx" ON "Tag"("name");
CREATE UNIQUE INDEX "Listing_fingerprint_key" ON "Listing"("fingerprint");
CREATE INDEX "Listing_listedOn_idx" ON "Listing"("listedOn");
CREATE INDEX "Import_at_idx" ON "Import"("at");
CREATE INDEX "Import_listingId_idx" ON "Import"("listingId");
CREATE INDEX "Import_period_kind_idx" ON "Import"("period", "kind");
CREATE INDEX "VotePoint_day_idx" ON "VotePoint"("day");
CREATE INDEX "Entry_paperKey_listedOn_idx" ON "Entry"("paperKey", "listedOn");
CREATE INDEX "Entry_listedOn_paperKey_idx" ON "Entry"("listedOn", "paperKey");
CREATE UNIQUE INDEX "Entry_listingId_paperKey_key" ON "Entry"("listingId", "paperKey");
CREATE INDEX "FormerId_paperKey_idx" ON "FormerId"("paperKey");
CREATE INDEX "Seen_paperKey_idx" ON "Seen"("paperKey");
CREATE INDEX "Change_readerId_id_idx" ON "Change"("readerId", "id");
CREATE INDEX "ChangedMark_paperKey_idx" ON "ChangedMark"("paperKey");
CREATE INDEX "Bookmark_paperKey_idx" ON "Bookmark"("paperKey");

ALTER TABLE "Author" ADD CONSTRAINT "Author_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper"("key") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Tag" ADD CONSTRAINT "Tag_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper"("key") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Figure" ADD CONSTRAINT "Figure_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper"("key") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Import" ADD CONSTRAINT "Import_listingId_fkey" FOREIGN KEY ("listingId") REFERENCES "Listing"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Rejection" ADD CONSTRAINT "Rejection_importId_fkey" FOREIGN KEY ("importId") REFERENCES "Import"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "VotePoint" ADD CONSTRAINT "VotePoint_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper"("key") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Entry" ADD CONSTRAINT "Entry_listingId_fkey" FOREIGN KEY ("listingId") REFERENCES "Listing"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Entry" ADD CONSTRAINT "Entry_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper"("key") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "FormerId" ADD CONSTRAINT "FormerId_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper"("key") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Seen" ADD CONSTRAINT "Seen_readerId_fkey" FOREIGN KEY ("readerId") REFERENCES "Reader"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Seen" ADD CONSTRAINT "Seen_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper"("key") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Change" ADD CONSTRAINT "Change_readerId_fkey" FOREIGN KEY ("readerId") REFERENCES "Reader"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ChangedMark" ADD CONSTRAINT "ChangedMark_changeId_fkey" FOREIGN KEY ("changeId") REFERENCES "Change"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ChangedMark" ADD CONSTRAINT "ChangedMark_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper"("key") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Bookmark" ADD CONSTRAINT "Bookmark_readerId_fkey" FOREIGN KEY ("readerId") REFERENCES "Reader"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Bookmark" ADD CONSTRAINT "Bookmark_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- The terms of each paper, those of the title also alone, because they can be read faster (lib/search/postgres.ts).
CREATE TABLE "PaperIndex" (
    "orderKey" BIGINT NOT NULL,
    "title" TSVECTOR NOT NULL,
    "terms" TSVECTOR NOT NULL,

    CONSTRAINT "PaperIndex_pkey" PRIMARY KEY ("orderKey")
);
CREATE INDEX "PaperIndex_title_idx" ON "PaperIndex" USING GIN ("title");
CREATE INDEX "PaperIndex_terms_idx" ON "PaperIndex" USING GIN ("terms");
-- Otherwise the planner takes a rare word for one of every 200 papers, and looks for it in all of them, newest first.
ALTER TABLE "PaperIndex" ALTER COLUMN "title" SET STATISTICS 1000;
ALTER TABLE "PaperIndex" ALTER COLUMN "terms" SET STATISTICS 1000;

-- What is a folder beside a library on SQLite (lib/db/postgres/files.ts). The contents are compressed already.
CREATE TABLE "File" (
    "room" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "content" BYTEA NOT NULL,
    "writtenAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "File_pkey" PRIMARY KEY ("room","name")
);
ALTER TABLE "File" ALTER COLUMN "content" SET STORAGE EXTERNAL;

INSERT INTO "Revision" ("id", "number", "termsVersion") VALUES (1, 0, 1);
INSERT INTO "Reader" ("id") VALUES ('local');
INSERT INTO "Refresh" ("id") VALUES (1);
