-- Each reading of a source, with what could not be read of it.

CREATE TABLE "Read" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL,
    "source" TEXT NOT NULL,
    "url" TEXT,
    "format" TEXT,
    "kind" TEXT,
    "period" TEXT,
    "listedOn" TEXT,
    "listed" INTEGER NOT NULL DEFAULT 0,
    "new" INTEGER NOT NULL DEFAULT 0,
    "updated" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "listingId" INTEGER,
    CONSTRAINT "Read_listingId_fkey" FOREIGN KEY ("listingId") REFERENCES "Listing" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

CREATE TABLE "Rejection" (
    "readId" INTEGER NOT NULL,
    "entry" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "excerpt" TEXT NOT NULL,
    PRIMARY KEY ("readId", "entry"),
    CONSTRAINT "Rejection_readId_fkey" FOREIGN KEY ("readId") REFERENCES "Read" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "VotePoint" (
    "paperKey" INTEGER NOT NULL,
    "day" TEXT NOT NULL,
    "upvotes" INTEGER,
    "commentCount" INTEGER,
    PRIMARY KEY ("paperKey", "day"),
    CONSTRAINT "VotePoint_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper" ("key") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "Validator" (
    "url" TEXT NOT NULL PRIMARY KEY,
    "etag" TEXT,
    "lastModified" TEXT
);

CREATE TABLE "Refresh" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT DEFAULT 1,
    "startedAt" DATETIME,
    "beatAt" DATETIME,
    "finishedAt" DATETIME,
    "said" TEXT,
    "failed" BOOLEAN NOT NULL DEFAULT false
);

CREATE INDEX "Read_at_idx" ON "Read"("at");
CREATE INDEX "Read_listingId_idx" ON "Read"("listingId");
CREATE INDEX "Read_period_kind_idx" ON "Read"("period", "kind");

INSERT INTO "Refresh" ("id") VALUES (1);

-- What was read before is a read each.
INSERT INTO "Read" ("at", "source", "url", "format", "kind", "period", "listedOn", "listed", "new", "listingId")
SELECT "readAt", "source", "url", "format", "kind", "period", "listedOn",
  (SELECT count(*) FROM "Entry" WHERE "listingId" = "Listing"."id"),
  (SELECT count(*) FROM "Entry" WHERE "listingId" = "Listing"."id"), "id"
FROM "Listing" WHERE NOT "sample";

ALTER TABLE "Listing" ADD COLUMN "asOf" TEXT;
UPDATE "Listing" SET "asOf" = coalesce("listedOn", substr("readAt", 1, 10));

ALTER TABLE "Paper" ADD COLUMN "withdrawn" BOOLEAN;
ALTER TABLE "Paper" ADD COLUMN "asOf" TEXT;
ALTER TABLE "Paper" ADD COLUMN "given" TEXT NOT NULL DEFAULT '';
UPDATE "Paper" SET
  "asOf" = (SELECT max(l."asOf") FROM "Entry" e JOIN "Listing" l ON l."id" = e."listingId"
    WHERE e."paperKey" = "Paper"."key" AND (e."upvotes" IS NOT NULL OR e."commentCount" IS NOT NULL)),
  -- The most exact source that it has, for all of its fields.
  "given" = (SELECT CASE max(CASE l."format" WHEN 'hf-api' THEN 4 WHEN 'hf-page' THEN 3 WHEN 'text' THEN 2 WHEN 'jsonl' THEN 1 ELSE 0 END)
      WHEN 4 THEN '4444444444' WHEN 3 THEN '3333333333' WHEN 2 THEN '2222222222' WHEN 1 THEN '1111111111' ELSE '' END
    FROM "Entry" e JOIN "Listing" l ON l."id" = e."listingId" WHERE e."paperKey" = "Paper"."key");
UPDATE "Paper" SET "given" = '' WHERE "given" IS NULL;

INSERT OR REPLACE INTO "VotePoint" ("paperKey", "day", "upvotes", "commentCount")
SELECT e."paperKey", l."asOf", e."upvotes", e."commentCount" FROM "Entry" e JOIN "Listing" l ON l."id" = e."listingId"
WHERE NOT l."sample" AND (e."upvotes" IS NOT NULL OR e."commentCount" IS NOT NULL) ORDER BY l."id";
