-- Counting the papers of a day, or asking whether any listing has a paper on a day, reads only an index.

DROP INDEX "Entry_paperKey_idx";
DROP INDEX "Entry_listedOn_idx";
CREATE INDEX "Entry_paperKey_listedOn_idx" ON "Entry"("paperKey", "listedOn");
CREATE INDEX "Entry_listedOn_paperKey_idx" ON "Entry"("listedOn", "paperKey");
