-- The beginning of each title as it is typed (lib/search/title-key.ts). The next start fills it.
ALTER TABLE "Paper" ADD COLUMN "titleKey" TEXT COLLATE "C" NOT NULL DEFAULT '';
CREATE INDEX "Paper_titleKey_orderKey_idx" ON "Paper"("titleKey", "orderKey");
