import path from "node:path";
import { expect, test } from "vitest";
import { readEnv } from "@/lib/env";

test("without any variable it serves data/broadsheet.db at 127.0.0.1:3000", () => {
  const file = path.resolve("data/broadsheet.db");
  expect(readEnv({} as NodeJS.ProcessEnv)).toEqual({
    databaseUrl: `file:${file}`,
    databaseFile: file,
    port: 3000,
    host: "127.0.0.1",
    hubUrl: "https://huggingface.co",
  });
});

test.each([
  [{ PORT: "three" }, /^PORT: .*got "three"$/],
  [{ PORT: "70000" }, /^PORT: .*got "70000"$/],
  [
    { DATABASE_URL: "postgresql://ada:secret@db/x" },
    /^DATABASE_URL: expected an address that begins with file:.*got "postgresql:\/\/…@db\/x"$/,
  ],
  [{ HUB_URL: "huggingface.co" }, /^HUB_URL: .*https:.*got "huggingface.co"$/],
])("%j is refused in a line that names it", (given, line) => {
  expect(() => readEnv(given as unknown as NodeJS.ProcessEnv)).toThrow(line);
});
