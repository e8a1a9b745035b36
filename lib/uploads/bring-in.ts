import { database } from "../db/client";
import type { Brought } from "../listings/listing";
import { setMark } from "../readers/marks";

/** Bookmarks papers. */
export async function bringIn(reader: string, papers: { key: number; brought: Brought }[]): Promise<void> {
  const keys = papers.map(({ key }) => key);
  const found = await database().paper.findMany({ where: { key: { in: keys } }, select: { id: true } });
  await setMark(
    reader,
    "Bookmark",
    found.map(({ id }) => id),
    true,
  );
}
