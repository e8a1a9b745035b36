import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { toHubDay } from "@/lib/days";
import { openFakeHub } from "../hub";
import { hubAnswer } from "../hub-answer";
import { makePicture } from "../pictures";

const hub = openFakeHub();
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "broadsheet-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

type Outcome = { code: number; out: string; err: string };

function scrape(args: string[], env: Record<string, string> = {}): Promise<Outcome> {
  const own = { INIT_CWD: folder, DATABASE_URL: `file:${folder}/library.db`, HUB_URL: hub.url() };
  return new Promise((resolve) => {
    const command = [path.resolve("scripts/scrape.mjs"), ...args];
    execFile(process.execPath, command, { env: { ...process.env, ...own, ...env } }, (error, out, err) =>
      resolve({
        code: typeof error?.code === "number" ? error.code : 0,
        out,
        err: err.replace(/^scrape: \d+ of \d+ pictures\n/gm, ""), // the progress, on a slow machine
      }),
    );
  });
}

const report = "2025-12-11 hf-api: 2 listed, 2 new, 0 updated, 0 unchanged, 0 rejected\n";
const media = () => (existsSync(`${folder}/library.media`) ? readdirSync(`${folder}/library.media`) : []);
const asked = () =>
  hub.requests.map((request) => request.path).filter((name) => name.startsWith("/pictures/"));

/** Serves a day of two papers with three pictures, of which one is an SVG. */
async function serve(day = "2025-12-11"): Promise<void> {
  const picture = await makePicture();
  hub.answers(({ pathname, searchParams }, response) => {
    const urls = (...names: string[]) => names.map((name) => `${hub.url()}/pictures/${name}`);
    const papers = [
      { id: "2512.00001", day, media: urls("one.png", "drawing.svg", "film.mp4") },
      { id: "2512.00002", day, media: urls("two.png") },
    ];
    if (pathname.endsWith(".svg")) response.end("<svg/>");
    else if (pathname.startsWith("/pictures/")) response.end(picture);
    else response.end(hubAnswer(searchParams.get("date") === day ? papers : []));
  });
}

test("a scrape fetches pictures after its report, and a bad one is a note that changes neither report nor exit code", async () => {
  await serve();
  expect(await scrape(["--date", "2025-12-11"])).toEqual({
    code: 0,
    out: report,
    err: '2512.00001: picture skipped: expected PNG, JPEG, WebP, GIF or AVIF, got other bytes ("<svg/>")\n',
  });
  expect(asked().sort()).toEqual(["/pictures/drawing.svg", "/pictures/one.png", "/pictures/two.png"]);
  expect(media()).toHaveLength(2); // both papers have the same picture
  const again = await scrape(["--date", "2025-12-11", "--json"]);
  expect([again.err, JSON.parse(again.out)]).toMatchObject(["", { unchanged: 2, rejected: 0 }]);
  expect(asked()).toHaveLength(3);
});

test("a refresh fetches pictures too", async () => {
  await serve(toHubDay(new Date()));
  const { code, err } = await scrape(["--refresh"]);
  expect(code).toBe(0);
  expect(err).toMatch(/refresh: 2 new papers, 0 updated\n(.*\n)*2512.00001: picture skipped:/);
  expect(media()).toHaveLength(2);
});

test("pictures of a host that does not answer are postponed, and --pictures fetches them later", async () => {
  await serve();
  const down = "http://127.0.0.1:9/x.png";
  const file = path.join(folder, "2025-12-11.json");
  writeFileSync(file, hubAnswer([{ id: "2512.00001", day: "2025-12-11", media: [down] }]));
  const env = { HUB_URL: "http://127.0.0.1:1" };
  expect(await scrape([file], env)).toEqual({
    code: 0,
    out: "2025-12-11 hf-api: 1 listed, 1 new, 0 updated, 0 unchanged, 0 rejected\n",
    err: "127.0.0.1:9: pictures postponed to the next import: could not connect to 127.0.0.1\n",
  });
  const db = new Sqlite(`${folder}/library.db`);
  db.prepare(`UPDATE "Figure" SET url = ?, "triedAt" = NULL`).run(`${hub.url()}/pictures/one.png`);
  db.close();
  expect(await scrape(["--pictures", "--verbose"])).toMatchObject({
    code: 0,
    out: "",
    err: expect.stringContaining("scrape: 1 picture fetched"),
  });
  expect(media()).toHaveLength(2);
});

test("no picture is fetched by --dry-run, --replay and --forget, nor with KEEP_MEDIA=0", async () => {
  await serve();
  expect((await scrape(["--date", "2025-12-11", "--dry-run"])).code).toBe(0);
  expect(await scrape(["--date", "2025-12-11"], { KEEP_MEDIA: "0" })).toEqual({
    code: 0,
    out: report,
    err: "",
  });
  expect((await scrape(["--replay"])).code).toBe(0);
  expect((await scrape(["--forget", "1"])).code).toBe(0);
  expect([asked(), media()]).toEqual([[], []]);
});

test("--pictures is refused together with a SOURCE or --dry-run", async () => {
  expect(await scrape(["--pictures", "x.json"])).toMatchObject({
    code: 2,
    err: expect.stringContaining('--pictures takes no SOURCE, got "x.json"'),
  });
  expect((await scrape(["--pictures", "--dry-run"])).code).toBe(2);
});

test("a folder that cannot be written is one line, and the papers are saved", async () => {
  await serve();
  writeFileSync(path.join(folder, "library.media"), "a file");
  const { code, out, err } = await scrape(["--date", "2025-12-11"]);
  expect([code, out]).toEqual([0, report]);
  expect(err).toMatch(/^pictures: not fetched: .*(expected a folder|part of the path is a file|EEXIST).*\n$/);
});
