-- The pictures that a source names for a paper. The next start finds those of papers that are already here.

CREATE TABLE "Figure" (
    "paperKey" INTEGER NOT NULL,
    "url" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "hash" TEXT,
    "width" INTEGER,
    "height" INTEGER,
    "note" TEXT,
    "triedAt" DATETIME,

    PRIMARY KEY ("paperKey", "url"),
    CONSTRAINT "Figure_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper" ("key") ON DELETE CASCADE ON UPDATE CASCADE
);
