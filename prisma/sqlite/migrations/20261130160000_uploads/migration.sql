-- What a reader adds, between its preview and the confirmation (lib/readers/uploads.ts).
CREATE TABLE "Upload" (
    "token" TEXT NOT NULL PRIMARY KEY,
    "readerId" TEXT NOT NULL,
    "name" TEXT,
    "body" BLOB NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "result" TEXT,
    CONSTRAINT "Upload_readerId_fkey" FOREIGN KEY ("readerId") REFERENCES "Reader" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "Upload_readerId_createdAt_idx" ON "Upload"("readerId", "createdAt");
