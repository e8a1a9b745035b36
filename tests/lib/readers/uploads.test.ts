import { expect, test } from "vitest";
import { findUpload, finishUpload, storeUpload } from "@/lib/readers/uploads";
import { openTestLibrary } from "@/tests/library";

const { db } = openTestLibrary();

test("an upload is found by its token, and only by its reader", async () => {
  const body = Buffer.from("@misc{tea, title={Tea}}");
  const token = await storeUpload("local", "tea.bib", body);
  expect(token).toMatch(/^[\w-]{32}$/);
  expect(await findUpload("local", token)).toEqual({ name: "tea.bib", body, result: null });
  expect(await findUpload("other", token)).toBeNull();
  expect(await findUpload("local", token.slice(1))).toBeNull();
});

test("a reader's latest three uploads are stored, however many there were", async () => {
  const tokens: string[] = [];
  for (const name of ["1", "2", "3", "4", "5"]) {
    tokens.push(await storeUpload("local", name, Buffer.from(name)));
    await new Promise((resolve) => setTimeout(resolve, 5)); // the latest is that of the latest millisecond
  }
  const found = await Promise.all(tokens.map((token) => findUpload("local", token)));
  expect(found.map((upload) => upload?.name)).toEqual([undefined, undefined, "3", "4", "5"]);
  expect(await db().upload.count()).toBe(3);
});

test("an upload is gone after an hour, and deleted with the next one", async () => {
  const token = await storeUpload("local", null, Buffer.from("old"));
  await db().upload.updateMany({ data: { createdAt: new Date(Date.now() - 3_601_000) } });
  expect(await findUpload("local", token)).toBeNull();
  await storeUpload("local", null, Buffer.from("new"));
  expect(await db().upload.count()).toBe(1);
});

test("once it was added, an upload has its result and no body", async () => {
  const token = await storeUpload("local", "tea.bib", Buffer.from("@misc{tea}"));
  await finishUpload("local", token, '{"papers":1}');
  expect(await findUpload("local", token)).toEqual({
    name: "tea.bib",
    body: Buffer.alloc(0),
    result: '{"papers":1}',
  });
});
