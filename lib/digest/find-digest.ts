import type { Day } from "../days";
import { sharedDatabase } from "../db/client";
import type { Paper } from "../paper";
import { listEditionEntries } from "../papers/editions";
import { filterOf } from "../papers/filter";
import { listPapers } from "../papers/list";
import { loadPapers } from "../papers/rows";
import type { Rising } from "../papers/trending";

/** Which papers a digest brings. */
export type Digest = {
  name: string;
  q: string;
  rhythm: "daily" | "weekly";
  day: Day;
  lead: Paper | null;
  groups: { title: string; papers: Paper[] }[];
  rising: Rising[];
  keys: number[];
};

/** Null: nothing new, so nothing is sent. */
export async function findDigest(asked: {
  q: string;
  name: string;
  rhythm: "daily" | "weekly";
  day: Day;
  sent: number[];
  since: Day;
  reader: string | null;
}): Promise<Digest | null> {
  const db = sharedDatabase();
  let papers: { key: number; paper: Paper }[] = [];
  if (asked.q === "") {
    const keys = (await listEditionEntries(db, asked.day)).map(({ key }) => key);
    papers = (await loadPapers(db, keys)).flatMap((paper, at) => [{ key: keys[at] ?? 0, paper }]);
  } else {
    const found = await listPapers(filterOf({ q: `${asked.q} date:${asked.since}..${asked.day}` }));
    const rows = await db.paper.findMany({
      where: { id: { in: found.papers.map(({ id }) => id) } },
      select: { key: true, id: true },
    });
    papers = found.papers.map((paper) => ({ key: rows.find(({ id }) => id === paper.id)?.key ?? 0, paper }));
  }
  const fresh = papers.filter(({ key }) => !asked.sent.includes(key));
  const [lead, ...more] = fresh;
  if (!lead) return null;
  const { q, name, rhythm, day } = asked;
  const groups = [{ title: "More of the day", papers: more.map(({ paper }) => paper) }];
  return { q, name, rhythm, day, lead: lead.paper, groups, rising: [], keys: fresh.map(({ key }) => key) };
}
