import { escapeHtml } from "../html";
import type { CiteItem } from "./cite-item";
import { toCsl } from "./csl-json";
import { locale, type ReferenceStyle, referenceStyles } from "./reference-styles";

// citeproc reads these in a text as markup or quotation marks. They are hidden from it as private characters, so that the
// text stays as it is and no tag in it becomes HTML.
const hidden = `<>&"'`;
const firstPrivate = 0xe000;

/**
 * A paper as an entry of a bibliography: as plain text, and as HTML that is escaped except for `<i>`. citeproc (1 MB) is
 * loaded by the first call.
 */
export async function formatReference(
  item: CiteItem,
  style: ReferenceStyle,
): Promise<{ text: string; html: string }> {
  const { default: CSL } = await import("citeproc");
  const csl = hide(toCsl(item));
  const engine = new CSL.Engine(
    { retrieveLocale: () => locale, retrieveItem: () => csl },
    referenceStyles[style].csl,
    "en-US",
    true,
  );
  engine.updateItems([csl.id]);
  const write = (format: "text" | "html") => {
    engine.setOutputFormat(format);
    const bibliography = engine.makeBibliography();
    if (!bibliography) throw new Error(`citeproc: expected a bibliography in the style ${style}, got none`);
    return bibliography[1].join("");
  };
  return {
    text: show(write("text").trim(), (one) => one),
    html: show(
      write("html")
        .replace(/<\/?div[^>]*>/g, "")
        .trim(),
      escapeHtml,
    ),
  };
}

/** A copy whose texts citeproc leaves alone. */
function hide<T>(item: T): T {
  return JSON.parse(JSON.stringify(item), (_, value) =>
    typeof value === "string"
      ? value
          .replace(/[\ue000-\uf8ff]/g, "")
          .replace(/[<>&"']/g, (one) => String.fromCharCode(firstPrivate + hidden.indexOf(one)))
      : value,
  );
}

function show(text: string, write: (character: string) => string): string {
  return text.replace(/[\ue000-\ue004]/g, (one) => write(hidden[one.charCodeAt(0) - firstPrivate] ?? ""));
}
