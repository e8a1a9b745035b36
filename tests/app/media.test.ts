import { afterEach, expect, test, vi } from "vitest";
import { GET } from "@/app/media/[file]/route";
import { filesOf } from "@/lib/db/engine";
import { findPaper } from "@/lib/papers/find";
import { toApiPapers } from "@/lib/readers/bookmarks";
import { hubAnswer } from "@/tests/hub-answer";
import { openTestLibrary, scrapeBody, testEngine } from "@/tests/library";

const { db, file } = openTestLibrary();
afterEach(() => vi.unstubAllEnvs());

const hash = "0123456789abcdef".repeat(2);
const get = (name: string) =>
  GET(new Request("http://localhost/media/x"), { params: Promise.resolve({ file: name }) });

async function putFiles() {
  const files = filesOf(db(), "media");
  for (const size of ["small", "large"]) await files.write(`${hash}-${size}.webp`, Buffer.from(size));
  await files.write("notes.webp", Buffer.from("private"));
}

test.each(["small", "large"])("the %s file of a picture is served, to be cached forever", async (size) => {
  await putFiles();
  const response = await get(`${hash}-${size}.webp`);
  expect([response.status, await response.text()]).toEqual([200, size]);
  expect(Object.fromEntries(response.headers)).toEqual({
    "cache-control": "public, max-age=31536000, immutable",
    "content-type": "image/webp",
  });
});

test.each([
  `${"f".repeat(32)}-small.webp`,
  `${hash}-huge.webp`,
  `${hash}-small.png`,
  `${hash.toUpperCase()}-small.webp`,
  `${hash}-small.webp/..`,
  `../library.media/${hash}-small.webp`,
  "../library.db",
  "..",
  "notes.webp",
  "",
  `${hash}-small.webp\0`,
  `${hash}-small.webp\n`,
])("%j is not found", async (name) => {
  await putFiles();
  if (testEngine() === "sqlite") expect(filesOf(db(), "media").place).toBe(file().replace(".db", ".media"));
  const response = await get(name);
  expect([response.status, await response.text()]).toEqual([404, "Broadsheet: not found.\n"]);
});

test("with KEEP_MEDIA=0 no picture is served", async () => {
  await putFiles();
  vi.stubEnv("KEEP_MEDIA", "0");
  expect((await get(`${hash}-small.webp`)).status).toBe(404);
});

test("pages know the pictures of a paper, the API does not", async () => {
  await putFiles();
  await scrapeBody(db(), hubAnswer([{ id: "2512.00001", media: ["https://cdn.example/a.png"] }]));
  await db().figure.updateMany({ data: { hash, width: 640, height: 480 } });
  const page = await findPaper("2512.00001");
  if (!page || "movedTo" in page) throw new Error("the paper is missing");
  expect(page.figures).toEqual([{ hash, width: 640, height: 480 }]);
  expect(page.paper.figure).toEqual(page.figures[0]);
  expect((await toApiPapers("local", [page.paper]))[0]).not.toHaveProperty("figure");
});
