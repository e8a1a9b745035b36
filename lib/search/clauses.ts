import { scan, type Unit } from "./tokens";
import type { Tree } from "./tree";

/** One way to write what was typed: its terms in a row. */
type Form = string[];

// Bounds the work of one search; far more than anybody types.
const maxCompounds = 3;
const maxPhrase = 16;

/** What each unit of a text must match. A text without words has none. */
export const clausesOf = (text: string): Tree[] => scan(text).map((unit) => toClause(unitForms(unit)));

/** What a phrase must match, as one clause, or none. */
export function phraseClause(phrase: string): Tree[] {
  const forms = phraseForms(scan(phrase).slice(0, maxPhrase));
  return forms.length > 0 ? [toClause(forms)] : [];
}

function toClause(forms: Form[]): Tree {
  const either = forms.map(toLeaf);
  const [only, ...more] = either;
  return only && more.length === 0 ? only : { or: either };
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
