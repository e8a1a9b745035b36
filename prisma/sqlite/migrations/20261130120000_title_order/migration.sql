-- Titles in the order in which search ranks many of them, the shortest first (lib/search/sqlite-titles.ts). The next start fills it.
DROP TABLE "TitleIndex";
CREATE VIRTUAL TABLE "TitleIndex" USING fts5(
    title, titleExtras,
    content='', contentless_delete=1, tokenize='ascii'
);

-- How many papers have each name (lib/search/names.ts), also counted by the next start.
ALTER TABLE "NameWord" ADD COLUMN "papers" INTEGER NOT NULL DEFAULT 0;
CREATE INDEX "NameWord_popular_idx" ON "NameWord"("kind", "word", "papers", "name") WHERE "papers" >= 8;
