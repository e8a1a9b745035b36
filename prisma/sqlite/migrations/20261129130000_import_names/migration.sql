-- New names; no row changes. Reading a listing is an import, and the rank of each field's source says what it is.

ALTER TABLE "Read" RENAME TO "Import";
DROP INDEX "Read_at_idx";
DROP INDEX "Read_listingId_idx";
DROP INDEX "Read_period_kind_idx";
CREATE INDEX "Import_at_idx" ON "Import"("at");
CREATE INDEX "Import_listingId_idx" ON "Import"("listingId");
CREATE INDEX "Import_period_kind_idx" ON "Import"("period", "kind");

ALTER TABLE "Rejection" RENAME COLUMN "readId" TO "importId";
ALTER TABLE "Listing" RENAME COLUMN "readAt" TO "importedAt";
ALTER TABLE "Listing" RENAME COLUMN "readTo" TO "importedTo";
ALTER TABLE "Revision" RENAME COLUMN "readAt" TO "importedAt";
ALTER TABLE "Paper" RENAME COLUMN "given" TO "fieldRanks";
ALTER TABLE "Refresh" RENAME COLUMN "said" TO "message";
