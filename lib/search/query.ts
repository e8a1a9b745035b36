import { scan, type Unit } from "./tokens";

/** One way to meet a clause: a term anywhere, or several in a row within a title, abstract, name or tag. */
export type Form = string[];
export type Clause = { exclude: boolean; forms: Form[] };
/** Every clause must be met by one of its forms, and no excluded one. Without clauses nothing is asked for. */
export type SearchQuery = Clause[];

// Bounds the work of one question; far more than anybody types.
const mostClauses = 32;
const mostDoubled = 3;

/**
 * Typed text as clauses: words, `"phrases"`, and either of them excluded by a leading `-`. No text is an error; a quote
 * without its partner is passed over.
 */
export function parseQuery(typed: string): SearchQuery {
  const clauses: SearchQuery = [];
  for (const match of typed.matchAll(/(?<!\S)(-?)"([^"]+)"|\S+/g)) {
    const phrase = match[2];
    if (phrase !== undefined) {
      const forms = phraseForms(scan(phrase));
      if (forms.length > 0) clauses.push({ exclude: match[1] === "-", forms });
    } else {
      const exclude = /^-[^-]/.test(match[0]);
      for (const unit of scan(match[0])) clauses.push({ exclude, forms: unitForms(unit) });
    }
  }
  return clauses.slice(0, mostClauses);
}

function unitForms(unit: Unit): Form[] {
  const parts = unit.parts.map((part) => part.term);
  return unit.joined ? [parts, [unit.joined.term]] : [parts];
}

// Each compound of a phrase stands in both its forms; a phrase of up to three words also as one word typed solid.
function phraseForms(units: readonly Unit[]): Form[] {
  let forms: Form[] = units.length > 0 ? [[]] : [];
  let doubled = 0;
  for (const unit of units) {
    const choices = unit.joined && doubled++ >= mostDoubled ? unitForms(unit).slice(0, 1) : unitForms(unit);
    forms = forms.flatMap((form) => choices.map((choice) => [...form, ...choice]));
  }
  const words = units.flatMap((unit) => unit.parts.map((part) => part.word));
  if (units.length > 1 && words.length <= 3)
    forms.push(...scan(words.join("")).map((unit) => unit.parts.map((part) => part.term)));
  return forms;
}
