import type { Database } from "../db/open-database";
import { toRecord, withParts } from "../db/paper-row";
import { writeTerms } from "./sqlite";
import { termsVersion } from "./tokens";
import { countWords } from "./words";

const batch = 1000;

/** Makes the search index and the word counts anew from the records, in one transaction. */
export async function rebuildIndex(db: Database): Promise<void> {
  await db.$transaction(
    async (tx) => {
      await tx.revision.update({ where: { id: 1 }, data: { number: { increment: 1 }, termsVersion } });
      await tx.$executeRaw`DELETE FROM "PaperIndex"`;
      await tx.word.deleteMany();
      for (let after = 0; ; ) {
        const rows = await tx.paper.findMany({
          where: { key: { gt: after } },
          include: withParts,
          orderBy: { key: "asc" },
          take: batch,
        });
        if (rows.length === 0) return;
        const papers = rows.map((row) => {
          const { title, abstract, authors, tags } = toRecord(row);
          return {
            orderKey: Number(row.orderKey),
            paper: { title, abstract, authors, tags: tags.map((tag) => tag.name) },
          };
        });
        await writeTerms(tx, papers);
        await countWords(
          tx,
          [],
          papers.map(({ paper }) => paper),
        );
        after = rows.at(-1)?.key ?? after;
      }
    },
    { timeout: 3_600_000, maxWait: 60_000 },
  );
}
