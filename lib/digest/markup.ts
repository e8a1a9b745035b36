import { escapeHtml } from "../html";

/** HTML made by `markup`, in which all foreign text is escaped. */
export class Markup {
  constructor(readonly html: string) {}
}

type Value = Markup | string | number | null | Value[];

/** A template of HTML. Its values are escaped, except other templates. A list is joined, and null is nothing. */
export function markup(parts: TemplateStringsArray, ...values: Value[]): Markup {
  return new Markup(parts.reduce((html, part, index) => html + toHtml(values[index - 1] ?? null) + part));
}

function toHtml(value: Value): string {
  if (value instanceof Markup) return value.html;
  if (Array.isArray(value)) return value.map(toHtml).join("");
  return value === null ? "" : escapeHtml(String(value));
}
