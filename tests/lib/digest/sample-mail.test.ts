import { readFileSync } from "node:fs";
import path from "node:path";
import { load } from "cheerio";
import { describe, expect, test } from "vitest";
import { findDigest } from "@/lib/digest/find-digest";
import { toMail } from "@/lib/digest/to-mail";
import { shownPapers } from "@/lib/digest/words";
import { openTestLibrary, scrapeBody } from "@/tests/library";
import { links, site } from "./made-digest";

const samples = process.env.SAMPLES ?? "";
const textCopy = "text/hf-papers-dec-11.txt";

describe.skipIf(!samples)("the mail of a real edition", () => {
  const { db } = openTestLibrary();

  test("the 42 papers of 2025-12-11 are in the HTML and in the text, in a third of the size that Gmail cuts", async () => {
    await scrapeBody(db(), readFileSync(path.join(samples, "listings", textCopy), "utf8"), {
      source: textCopy,
    });
    const digest = await findDigest({
      ...{ q: "", name: "Daily papers", rhythm: "daily", day: "2025-12-11", since: "2025-12-11" },
      ...{ sent: [], reader: null },
    });
    if (!digest) throw new Error("expected a digest");
    const { subject, text, html } = await toMail(digest, links);
    expect(subject).toBe("Daily papers, 11 December: 42 papers");
    const errors: string[] = [];
    const page = load(html, { onParseError: ({ code }) => errors.push(code) });
    expect(errors).toEqual([]);
    expect(page("h2[dir], h3").length).toBe(42);
    for (const { id } of shownPapers(digest)) {
      expect(page(`a[href="${site}/papers/${id}"]`).length).toBe(1);
      expect(text).toContain(`  ${site}/papers/${id}\n`);
    }
    expect(Buffer.byteLength(html)).toBeLessThan(40_000);
    expect(text.split("\n").filter((line) => line.length > 72 && !line.includes("https://"))).toEqual([]);
  });
});
