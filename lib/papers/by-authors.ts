import type { Day } from "../days";
import type { Database } from "../db/client";

export type AuthorsPaper = {
  id: string;
  title: string;
  listedOn: Day | null;
  upvotes: number | null;
  /** The first of the paper's authors who is also one of this. */
  author: string;
};

const maxPapers = 6;
// Of a large collaboration, hardly two have ever talked to each other.
const maxAuthors = 50;

/** The newest other papers with an author's name of this one. None of or for papers with more than 50 authors. */
export async function findByAuthors(db: Database, key: number): Promise<AuthorsPaper[]> {
  if ((await db.author.count({ where: { paperKey: key } })) > maxAuthors) return [];
  return db.$queryRaw<AuthorsPaper[]>`
    SELECT p.id AS id, p.title AS title, p."feedDay" AS "listedOn", p.upvotes AS upvotes, mine.name AS author
    FROM (SELECT other."paperKey" AS "paperKey", min(own.place) AS place
      FROM "Author" AS own JOIN "Author" AS other ON other.name = own.name AND other."paperKey" <> own."paperKey"
      WHERE own."paperKey" = ${key} GROUP BY other."paperKey") AS found
    JOIN "Paper" AS p ON p.key = found."paperKey"
    JOIN "Author" AS mine ON mine."paperKey" = ${key} AND mine.place = found.place
    WHERE coalesce(p."authorCount", 0) <= ${maxAuthors}
    ORDER BY p."orderKey" DESC LIMIT ${maxPapers}`;
}
