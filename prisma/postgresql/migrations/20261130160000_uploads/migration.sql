-- What a reader adds, between its preview and the confirmation (lib/readers/uploads.ts).
CREATE TABLE "Upload" (
    "token" TEXT COLLATE "C" NOT NULL,
    "readerId" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C",
    "body" BYTEA NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "result" TEXT COLLATE "C",
    CONSTRAINT "Upload_pkey" PRIMARY KEY ("token")
);
CREATE INDEX "Upload_readerId_createdAt_idx" ON "Upload"("readerId", "createdAt");
ALTER TABLE "Upload" ADD CONSTRAINT "Upload_readerId_fkey" FOREIGN KEY ("readerId") REFERENCES "Reader"("id") ON DELETE CASCADE ON UPDATE CASCADE;
