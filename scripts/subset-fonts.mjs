// The two faces cut to what the site sets: three files of 65 KB in all, from two of 180. A step of scripts/setup.mjs.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import subsetFont from "subset-font";

const folder = path.resolve("app/fonts");
// Latin with its accents, and the marks that English text and this site use; what else a title holds (Greek, CJK) comes
// from the reader's own fonts.
const text = [
  ...Array.from({ length: 0x17f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index)),
  ..."–—‘’“”•…‹›′″€−×√∞≈≠≤≥→←↑↓▲★",
].join("");
const keepFeatures = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "tnum"];
const faces = {
  // One cut for headlines and one for reading: the whole range of optical sizes weighs three times both.
  "newsreader-display": ["newsreader/files/newsreader-latin-opsz-normal", { opsz: 36, wght: 500 }],
  "newsreader-text": ["newsreader/files/newsreader-latin-opsz-normal", { opsz: 14, wght: 400 }],
  inter: ["inter/files/inter-latin-wght-normal", { wght: { min: 400, max: 600 } }],
};

mkdirSync(folder, { recursive: true });
for (const [name, [source, variationAxes]] of Object.entries(faces)) {
  const whole = readFileSync(`node_modules/@fontsource-variable/${source}.woff2`);
  const options = { targetFormat: "woff2", noHinting: true, keepFeatures, variationAxes };
  writeFileSync(path.join(folder, `${name}.woff2`), await subsetFont(whole, text, options));
}
