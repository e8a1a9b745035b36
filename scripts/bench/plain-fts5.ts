import Sqlite from "better-sqlite3";

/** Search as most programs have it, over titles and abstracts. */
export type Plain = {
  /** Counts the matches and reads the order keys of the first ones, with a snippet of each. */
  find(text: string, order: "newest" | "relevance", limit?: number): Promise<number[]>;
};

/** FTS5 with its own tokenizer: opens the index in a file, or fills it from the papers of a library. */
export function openPlainFts5(file: string, library: string): Plain {
  const db = new Sqlite(file);
  if (!db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'plain'").get())
    db.exec(`ATTACH '${library.replaceAll("'", "''")}' AS library;
      CREATE VIRTUAL TABLE plain USING fts5(title, abstract, tokenize = 'porter');
      INSERT INTO plain (rowid, title, abstract) SELECT "orderKey", title, abstract FROM library."Paper" ORDER BY "orderKey";
      DETACH library;`);
  const snippet = "snippet(plain, 1, '<b>', '</b>', '…', 40)";
  const statements = {
    relevance: `SELECT rowid AS key, bm25(plain, 10, 1) AS score, ${snippet} FROM plain WHERE plain MATCH ? ORDER BY score LIMIT ?`,
    newest: `SELECT rowid AS key, ${snippet} FROM plain WHERE plain MATCH ? ORDER BY rowid DESC LIMIT ?`,
  };
  const count = db.prepare("SELECT count(*) FROM plain WHERE plain MATCH ?");
  const prepared = { relevance: db.prepare(statements.relevance), newest: db.prepare(statements.newest) };
  return {
    async find(text, order, limit = 20) {
      const words = text.split(" ").map((word) => `"${word.replaceAll('"', "")}"`);
      const match = words.join(" ");
      count.get(match);
      const rows = prepared[order].all(match, limit) as { key: number }[]; // as selected
      return rows.map(({ key }) => key);
    },
  };
}
