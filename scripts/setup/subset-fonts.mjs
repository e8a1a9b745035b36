// The two faces cut to what the site sets: three files of 65 KB in all, from two of 180; and what formulas need, of which
// a page asks for what it has. A step of scripts/setup/setup.mjs.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
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

// KaTeX's sheet and fonts (app/math serves them), without the forms that only browsers before WOFF2 want.
const math = path.join(folder, "math");
const katex = "node_modules/katex/dist";
mkdirSync(math, { recursive: true });
const sheet = readFileSync(`${katex}/katex.min.css`, "utf8")
  .replace(/,url\([^)]+\.(?:woff|ttf)\) format\("\w+"\)/g, "")
  .replaceAll("url(fonts/", "url(");
writeFileSync(path.join(math, "katex.css"), sheet);
for (const font of readdirSync(`${katex}/fonts`).filter((name) => name.endsWith(".woff2"))) {
  copyFileSync(`${katex}/fonts/${font}`, path.join(math, font));
}
