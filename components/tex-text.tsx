import { preload } from "react-dom";
import { mathFont, mathSheet } from "@/lib/tex/files";
import { typeset, typesetMarked } from "@/lib/tex/typeset";

type Props = {
  text: string;
  /** The text or an excerpt of it, with the matches of a search marked (lib/search). */
  highlight?: string | null | undefined;
  /** True if the text names its paper in a link or a heading. */
  named?: boolean;
  /** True if the text is shown in full, so that displayed formulas get lines of their own. */
  display?: boolean;
  className?: string;
};

/** A title or an abstract with its formulas typeset. Only pages with a formula load KaTeX's styles and fonts. */
export function TexText({ text, highlight, className, ...setting }: Props) {
  const { html, hasFormula } = highlight ? typesetMarked(highlight, setting) : typeset(text, setting);
  if (hasFormula) {
    for (const font of ["KaTeX_Main-Regular", "KaTeX_Math-Italic"]) {
      preload(mathFont(font), { as: "font", type: "font/woff2", crossOrigin: "anonymous" });
    }
  }
  return (
    <>
      {hasFormula && <link rel="stylesheet" href={mathSheet} precedence="math" />}
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: escaped where it is made, and tested there */}
      <span className={className} dangerouslySetInnerHTML={{ __html: html }} />
    </>
  );
}
