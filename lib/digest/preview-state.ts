import { z } from "zod";
import { queryText } from "../papers/filter";
import { defineUrlState } from "../url-state";
import { type Rhythm, rhythms } from "./series";

export const views = ["system", "light", "dark", "text"] as const;

/** What the address of a preview says: which digest, and how to show it. */
export const previewState = defineUrlState({
  q: { schema: queryText, default: "" },
  rhythm: { schema: z.enum(rhythms, "daily or weekly"), default: "daily" as Rhythm },
  view: { schema: z.enum(views, "system, light, dark or text"), default: "system" as (typeof views)[number] },
});

/** The HTML of a mail for a preview: in one color scheme, if it is not that of the system, and with links that open a new tab. */
export function toPreview(html: string, view: (typeof views)[number]): string {
  const scheme = view === "light" || view === "dark" ? view : null;
  const shown = scheme
    ? html
        .replace(/(schemes?(?::|" content="))light dark/g, `$1${scheme}`)
        .replace("(prefers-color-scheme:dark)", scheme === "dark" ? "all" : "not all")
    : html;
  return shown.replace("<head>", '<head>\n<base target="_blank">');
}
