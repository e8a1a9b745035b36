-- The index of titles also has each term that a title has again, as often as it has it again. The next start fills it.
DROP TABLE "TitleIndex";
CREATE VIRTUAL TABLE "TitleIndex" USING fts5(
    title, titleExtras, again,
    content='', contentless_delete=1, tokenize='ascii'
);
