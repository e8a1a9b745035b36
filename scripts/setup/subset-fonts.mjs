// Subsets the two typefaces to what the site uses, three files of 65 KB in all instead of two of 180, and prepares
// KaTeX's fonts, which pages load as needed. A step of scripts/setup/setup.mjs.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import subsetFont from "subset-font";

const folder = path.resolve("app/fonts");
// Latin with its accents, and the punctuation of English text and of this site. Other characters in titles (Greek, CJK)
// come from the reader's own fonts.
const text = [
  ...Array.from({ length: 0x17f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index)),
  ..."–—‘’“”•…‹›′″€−×√∞≈≠≤≥→←↑↓▲★",
].join("");
const keepFeatures = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "tnum"];
const faces = {
  // One subset for headlines and one for text: the whole range of optical sizes would be three times as large as both.
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

// KaTeX's style sheet and fonts (served by app/math), without the formats for browsers older than WOFF2.
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
