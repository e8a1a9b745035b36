import { scan, type Unit } from "./tokens";
import { nothing, type Tree } from "./tree";

/** One way to write what was typed: its terms in a row. */
type Form = string[];

// Bounds the work of one search; far more than anybody types.
const maxClauses = 32;
const maxCompounds = 3;

/**
 * Typed text as a tree: words and `"phrases"`, each excluded by a leading `-`. No text is an error; a quote without a
 * partner is ignored, and text without words matches nothing.
 */
export function parseQuery(typed: string): Tree {
  const clauses: Tree[] = [];
  for (const match of typed.matchAll(/(?<!\S)(-?)"([^"]+)"|\S+/g)) {
    const phrase = match[2];
    if (phrase !== undefined) {
      const forms = phraseForms(scan(phrase));
      if (forms.length > 0) clauses.push(toClause(forms, match[1] === "-"));
    } else {
      const exclude = /^-[^-]/.test(match[0]);
      for (const unit of scan(match[0])) clauses.push(toClause(unitForms(unit), exclude));
    }
  }
  return clauses.length === 0 ? nothing : { and: clauses.slice(0, maxClauses) };
}

function toClause(forms: Form[], exclude: boolean): Tree {
  const either = forms.map(toLeaf);
  const [only, ...more] = either;
  const clause = only && more.length === 0 ? only : { or: either };
  return exclude ? { not: clause } : clause;
}

function toLeaf(form: Form): Tree {
  const [only, ...more] = form;
  return only !== undefined && more.length === 0 ? { word: only } : { phrase: form };
}

function unitForms(unit: Unit): Form[] {
  const parts = unit.parts.map((part) => part.term);
  return unit.joined ? [parts, [unit.joined.term]] : [parts];
}

// A phrase matches with each of its compounds in either form. A phrase of up to three words also matches as one solid
// word.
function phraseForms(units: readonly Unit[]): Form[] {
  let forms: Form[] = units.length > 0 ? [[]] : [];
  let compounds = 0;
  for (const unit of units) {
    const choices =
      unit.joined && compounds++ >= maxCompounds ? unitForms(unit).slice(0, 1) : unitForms(unit);
    forms = forms.flatMap((form) => choices.map((choice) => [...form, ...choice]));
  }
  const words = units.flatMap((unit) => unit.parts.map((part) => part.word));
  if (units.length > 1 && words.length <= 3)
    forms.push(...scan(words.join("")).map((unit) => unit.parts.map((part) => part.term)));
  return forms;
}
