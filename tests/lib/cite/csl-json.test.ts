import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import { expect, test } from "vitest";
import { toCsl } from "@/lib/cite/csl-json";
import { parseJsonLine } from "@/lib/listings/formats/jsonl";
import { items, toItem } from "./items";

test("only the number of authors is known: no author, and a note", () => {
  const csl = toCsl(toItem({ title: "Tea", authorCount: 1 }));
  expect(csl).toEqual({
    id: "smith2025tea",
    type: "article",
    title: "Tea",
    note: "1 author",
    custom: { id: "t-0123456789ab" },
  });
});

const samples = process.env.SAMPLES ?? "";

test.skipIf(!samples)("invented and real odd papers fit the published schema", () => {
  const schema = JSON.parse(readFileSync(path.join(samples, "schemas/csl-data.json"), "utf8"));
  const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
  const lines = readFileSync(path.join(samples, "odd_cases.jsonl"), "utf8").trim().split("\n");
  const odd = lines.flatMap((line, at) => {
    const entry = parseJsonLine(line, at);
    return "paper" in entry ? [toItem(entry.paper)] : [];
  });
  expect(odd).toHaveLength(93);
  validate([...items, ...odd].map(toCsl));
  expect(validate.errors).toBeNull();
  expect(validate([{ ...toCsl(toItem({ title: "Tea" })), invented: true }])).toBe(false);
});
