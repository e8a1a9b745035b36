-- How many papers have each name (lib/search/names.ts). The next start counts them.
ALTER TABLE "NameWord" ADD COLUMN "papers" INTEGER NOT NULL DEFAULT 0;
CREATE INDEX "NameWord_popular_idx" ON "NameWord"("kind", "word", "papers", "name") WHERE "papers" >= 8;
