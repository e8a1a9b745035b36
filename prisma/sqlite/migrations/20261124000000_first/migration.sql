-- CreateTable
CREATE TABLE "Paper" (
    "key" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL,
    "arxivId" TEXT,
    "textId" TEXT NOT NULL,
    "orderKey" BIGINT NOT NULL,
    "title" TEXT NOT NULL,
    "abstract" TEXT,
    "authorCount" INTEGER,
    "publishedOn" TEXT,
    "feedDay" TEXT,
    "upvotes" INTEGER,
    "commentCount" INTEGER,
    "submitterName" TEXT,
    "submitterFull" TEXT,
    "organizationName" TEXT,
    "organizationFull" TEXT,
    "codeUrl" TEXT,
    "codeStars" INTEGER,
    "projectPage" TEXT,
    "summary" TEXT,
    "summarySource" TEXT,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Author" (
    "paperKey" INTEGER NOT NULL,
    "place" INTEGER NOT NULL,
    "name" TEXT NOT NULL,

    PRIMARY KEY ("paperKey", "place"),
    CONSTRAINT "Author_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper" ("key") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Tag" (
    "paperKey" INTEGER NOT NULL,
    "place" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "source" TEXT NOT NULL,

    PRIMARY KEY ("paperKey", "name"),
    CONSTRAINT "Tag_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper" ("key") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Listing" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "fingerprint" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "url" TEXT,
    "format" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "period" TEXT,
    "listedOn" TEXT,
    "listedOnInferred" BOOLEAN NOT NULL DEFAULT false,
    "sample" BOOLEAN NOT NULL DEFAULT false,
    "readAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Entry" (
    "listingId" INTEGER NOT NULL,
    "place" INTEGER NOT NULL,
    "paperKey" INTEGER NOT NULL,
    "listedOn" TEXT,
    "upvotes" INTEGER,
    "commentCount" INTEGER,
    "source" BLOB NOT NULL,

    PRIMARY KEY ("listingId", "place"),
    CONSTRAINT "Entry_listingId_fkey" FOREIGN KEY ("listingId") REFERENCES "Listing" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Entry_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper" ("key") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "FormerId" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "paperKey" INTEGER NOT NULL,
    CONSTRAINT "FormerId_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper" ("key") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Word" (
    "word" TEXT NOT NULL PRIMARY KEY,
    "papers" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "Revision" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT DEFAULT 1,
    "number" INTEGER NOT NULL,
    "readAt" DATETIME,
    "termsVersion" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "Reader" (
    "id" TEXT NOT NULL PRIMARY KEY
);

-- CreateTable
CREATE TABLE "Bookmark" (
    "readerId" TEXT NOT NULL,
    "paperKey" INTEGER NOT NULL,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("readerId", "paperKey"),
    CONSTRAINT "Bookmark_readerId_fkey" FOREIGN KEY ("readerId") REFERENCES "Reader" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Bookmark_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper" ("key") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "Paper_id_key" ON "Paper"("id");

-- CreateIndex
CREATE UNIQUE INDEX "Paper_arxivId_key" ON "Paper"("arxivId");

-- CreateIndex
CREATE UNIQUE INDEX "Paper_orderKey_key" ON "Paper"("orderKey");

-- CreateIndex
CREATE INDEX "Paper_textId_idx" ON "Paper"("textId");

-- CreateIndex
CREATE INDEX "Paper_upvotes_idx" ON "Paper"("upvotes");

-- CreateIndex
CREATE INDEX "Author_name_idx" ON "Author"("name");

-- CreateIndex
CREATE INDEX "Tag_name_idx" ON "Tag"("name");

-- CreateIndex
CREATE UNIQUE INDEX "Listing_fingerprint_key" ON "Listing"("fingerprint");

-- CreateIndex
CREATE INDEX "Listing_listedOn_idx" ON "Listing"("listedOn");

-- CreateIndex
CREATE INDEX "Entry_paperKey_idx" ON "Entry"("paperKey");

-- CreateIndex
CREATE INDEX "Entry_listedOn_idx" ON "Entry"("listedOn");

-- CreateIndex
CREATE UNIQUE INDEX "Entry_listingId_paperKey_key" ON "Entry"("listingId", "paperKey");

-- CreateIndex
CREATE INDEX "FormerId_paperKey_idx" ON "FormerId"("paperKey");

-- CreateIndex
CREATE INDEX "Bookmark_paperKey_idx" ON "Bookmark"("paperKey");

-- What Prisma has no word for.

-- The search index: terms made by lib/search/tokens.ts, rowid = Paper.orderKey. It stores no text, and
-- no trigger writes it: the save writes a row and its terms in one transaction.
CREATE VIRTUAL TABLE "PaperIndex" USING fts5(
    title, abstract, titleExtras, abstractExtras, authors, tags,
    content='', contentless_delete=1, tokenize='ascii'
);

INSERT INTO "Revision" ("id", "number", "termsVersion") VALUES (1, 0, 1);
INSERT INTO "Reader" ("id") VALUES ('local');
