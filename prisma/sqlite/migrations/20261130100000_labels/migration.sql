-- The index gets a column of labels (lib/search/labels.ts). The next start fills it.
DROP TABLE "PaperIndex";
CREATE VIRTUAL TABLE "PaperIndex" USING fts5(
    title, abstract, titleExtras, abstractExtras, authors, tags, labels,
    content='', contentless_delete=1, tokenize='ascii'
);

-- The titles alone, because they can be ranked faster.
CREATE VIRTUAL TABLE "TitleIndex" USING fts5(
    title, titleExtras, size,
    content='', contentless_delete=1, tokenize='ascii'
);

-- The beginning of each title as it is typed (lib/search/title-key.ts), also filled by the next start.
ALTER TABLE "Paper" ADD COLUMN "titleKey" TEXT NOT NULL DEFAULT '';
CREATE INDEX "Paper_titleKey_orderKey_idx" ON "Paper"("titleKey", "orderKey");
