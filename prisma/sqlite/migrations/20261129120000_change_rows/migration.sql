-- An undo step keeps rows instead of JSON: a row for each paper, which moves and goes with the paper, and the settings it
-- changed. Its words are no longer stored: they follow from its kind.

CREATE TABLE "ChangedMark" (
    "changeId" INTEGER NOT NULL,
    "paperKey" INTEGER NOT NULL,
    "createdAt" DATETIME,

    PRIMARY KEY ("changeId", "paperKey"),
    CONSTRAINT "ChangedMark_changeId_fkey" FOREIGN KEY ("changeId") REFERENCES "Change" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "ChangedMark_paperKey_fkey" FOREIGN KEY ("paperKey") REFERENCES "Paper" ("key") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;
CREATE INDEX "ChangedMark_paperKey_idx" ON "ChangedMark"("paperKey");

-- Papers deleted since are left out. Where two papers of one change have become one, it has one row.
INSERT INTO "ChangedMark" ("changeId", "paperKey", "createdAt")
SELECT c."id", m.value ->> 0, min(replace(m.value ->> 1, 'Z', '+00:00'))
FROM "Change" AS c, json_each(c."before") AS b, json_each(CASE b.type WHEN 'array' THEN b.value ELSE '[]' END) AS m
WHERE m.value ->> 0 IN (SELECT "key" FROM "Paper")
GROUP BY c."id", m.value ->> 0;

CREATE TABLE "new_Change" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "readerId" TEXT NOT NULL,
    "madeAt" DATETIME NOT NULL,
    "kind" TEXT NOT NULL,
    "settings" TEXT,
    "undoneAt" DATETIME,
    CONSTRAINT "Change_readerId_fkey" FOREIGN KEY ("readerId") REFERENCES "Reader" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- A change of settings used to keep all of them. It changed those that differ from what the next such change found or, if
-- there is none, from what they are now. One that was undone keeps all.
WITH "Setting" (name, standard) AS (
    VALUES ('density', 'lines'), ('theme', 'system'), ('order', 'hub'), ('keys', 'on'), ('passing', 'moving')
), "Old" AS (
    SELECT c.*, c."before" ->> '$.settings' AS was, c."before" ->> '$.Bookmark' AS bookmarks,
        coalesce(c."before" ->> '$.Bookmark[0][1]', c."before" ->> '$.Seen[0][1]') AS had,
        CASE WHEN c."undoneAt" IS NULL THEN coalesce((
            SELECT n."before" ->> '$.settings' FROM "Change" AS n
            WHERE n."readerId" = c."readerId" AND n."id" > c."id" AND n."before" ->> '$.settings' IS NOT NULL
            ORDER BY n."id" LIMIT 1
        ), r."settings") END AS became
    FROM "Change" AS c JOIN "Reader" AS r ON r."id" = c."readerId"
)
INSERT INTO "new_Change" ("id", "readerId", "madeAt", "kind", "settings", "undoneAt")
SELECT "id", "readerId", "madeAt",
    CASE
        WHEN was IS NOT NULL THEN 'settings'
        WHEN bookmarks IS NOT NULL THEN CASE WHEN had IS NULL THEN 'bookmarked' ELSE 'unbookmarked' END
        ELSE CASE WHEN had IS NULL THEN 'seen' ELSE 'unseen' END
    END,
    CASE WHEN was IS NOT NULL THEN (
        SELECT json_group_object(name, coalesce(was ->> name, standard)) FROM "Setting"
        WHERE became IS NULL OR coalesce(was ->> name, standard) <> coalesce(became ->> name, standard)
    ) END,
    "undoneAt"
FROM "Old";

DROP TABLE "Change";
ALTER TABLE "new_Change" RENAME TO "Change";
CREATE INDEX "Change_readerId_id_idx" ON "Change"("readerId", "id");
