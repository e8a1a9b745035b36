-- How far a listing has been read; those of before were saved whole.
ALTER TABLE "Listing" ADD COLUMN "readTo" INTEGER NOT NULL DEFAULT 0;
UPDATE "Listing" SET "readTo" = coalesce((SELECT max(place) FROM "Entry" WHERE "listingId" = "Listing"."id"), 0);
