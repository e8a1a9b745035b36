-- The words of names, for suggestions. The rules for what follows from the texts changed with it, so the next start fills it.

CREATE TABLE "NameWord" (
    "kind" TEXT NOT NULL,
    "word" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    PRIMARY KEY ("kind", "word", "name")
) WITHOUT ROWID;
CREATE INDEX "Paper_organizationName_idx" ON "Paper"("organizationName");
