import { expect, test } from "vitest";
import { toArxivId } from "@/lib/arxiv-id";
import { toTextId } from "@/lib/catalog/text-id";

test.each([
  ["2508.04581", "2508.04581"],
  ["2508.04581v3", "2508.04581"],
  ["0704.0001", "0704.0001"],
  ["cs/0601001", "cs/0601001"],
  ["math.AG/0601001v1", "math/0601001"],
  ["nonsense", null],
  ["2508.045811", null],
  ["../2508.04581", null],
])("the arXiv id of %s is %s", (text, id) => expect(toArxivId(text)).toBe(id));

test("two renderings of one text have the same id, and two papers with one title have different ids", () => {
  const plain = toTextId("MuLO: Scaling with Care", "We scale. Then we look.");
  expect(toTextId("MuLO:  scaling with\n  care", "We   scale. Then we look.")).toBe(plain);
  expect(toTextId("MuLO: Scaling with Care", "Something else.")).not.toBe(plain);
  expect(plain).toMatch(/^t-[0-9a-f]{12}$/);
});

test("spaces lost at a highlight, and backslashes and braces lost from TeX, do not change a text id", () => {
  const plain = toTextId(
    "VibeVoice-ASR supports source citations",
    "At $1920\\times1080$, SAP$^{2}$ is enough.",
  );
  expect(toTextId("VibeVoice-ASRsupports sourcecitations", "At 1920times1080, SAP^{2} is enough.")).toBe(
    plain,
  );
});
