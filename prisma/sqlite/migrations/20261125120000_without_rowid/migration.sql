-- These rows are found by their whole key and by nothing else: kept in its order they are one tree instead of two, which
-- is half of what a save has to write.

CREATE TABLE "new_Author" (
    "paperKey" INTEGER NOT NULL,
    "place" INTEGER NOT NULL,
    "name" TEXT NOT NULL,

    PRIMARY KEY ("paperKey", "place"),
    CONSTRAINT "Author_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper" ("key") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;
INSERT INTO "new_Author" SELECT "paperKey", "place", "name" FROM "Author" ORDER BY "paperKey", "place";
DROP TABLE "Author";
ALTER TABLE "new_Author" RENAME TO "Author";
CREATE INDEX "Author_name_idx" ON "Author"("name");

CREATE TABLE "new_Tag" (
    "paperKey" INTEGER NOT NULL,
    "place" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "source" TEXT NOT NULL,

    PRIMARY KEY ("paperKey", "name"),
    CONSTRAINT "Tag_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper" ("key") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;
INSERT INTO "new_Tag" SELECT "paperKey", "place", "name", "source" FROM "Tag" ORDER BY "paperKey", "name";
DROP TABLE "Tag";
ALTER TABLE "new_Tag" RENAME TO "Tag";
CREATE INDEX "Tag_name_idx" ON "Tag"("name");

CREATE TABLE "new_Word" (
    "word" TEXT NOT NULL PRIMARY KEY,
    "papers" INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO "new_Word" SELECT "word", "papers" FROM "Word" ORDER BY "word";
DROP TABLE "Word";
ALTER TABLE "new_Word" RENAME TO "Word";
