-- The key under which a paper is cited (lib/cite/cite-keys.ts). It is given at first use.
CREATE TABLE "CiteKey" (
    "paperKey" INTEGER NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    CONSTRAINT "CiteKey_pkey" PRIMARY KEY ("paperKey")
);
CREATE UNIQUE INDEX "CiteKey_key_key" ON "CiteKey"("key");
ALTER TABLE "CiteKey" ADD CONSTRAINT "CiteKey_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper"("key") ON DELETE CASCADE ON UPDATE CASCADE;
