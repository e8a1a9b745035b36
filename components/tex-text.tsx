import { preload } from "react-dom";
import { mathFont, mathSheet } from "@/lib/tex/files";
import { typeset, typesetMarked } from "@/lib/tex/typeset";

type Props = {
  text: string;
  /** The text, or an excerpt of it, with what was searched for marked (lib/search). */
  highlight?: string | null | undefined;
  /** It names its paper, in a link or a heading. */
  named?: boolean;
  /** It is there to be read whole: formulas that are set off stand by themselves. */
  display?: boolean;
  className?: string;
};

/** A title or an abstract, its formulas set. What they need of styles and fonts is asked for by pages that have one. */
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
