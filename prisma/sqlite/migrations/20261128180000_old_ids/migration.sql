-- A paper from before April 2007 has one id, without its subject class: math/0601001, not math.AG/0601001. Its former address
-- leads to it. Where both are known already they stay two, since only reading them again can make them one.

INSERT OR IGNORE INTO "FormerId" ("id", "paperKey")
SELECT "id", min("key") FROM "Paper"
WHERE "id" = "arxivId" AND "id" GLOB '*.[A-Z][A-Z]/*' AND NOT EXISTS (
    SELECT 1 FROM "Paper" AS other
    WHERE other."id" = substr("Paper"."id", 1, instr("Paper"."id", '.') - 1) || substr("Paper"."id", instr("Paper"."id", '/')))
GROUP BY substr("id", 1, instr("id", '.') - 1) || substr("id", instr("id", '/'));

UPDATE "Paper" SET
    "id" = substr("id", 1, instr("id", '.') - 1) || substr("id", instr("id", '/')),
    "arxivId" = substr("id", 1, instr("id", '.') - 1) || substr("id", instr("id", '/'))
WHERE "id" IN (SELECT "id" FROM "FormerId" WHERE "paperKey" = "Paper"."key");
