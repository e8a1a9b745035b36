-- When a watch was opened the time before, so that the page can mark what came since.
ALTER TABLE "Watch" ADD COLUMN "openedBefore" TIMESTAMP(3);
