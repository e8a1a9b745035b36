import { toHubDay } from "../days";
import { type Query, readQuery } from "../search/language";
import { toTagName } from "../tags/topics";

const category = /^([a-z-]+\.[A-Za-z-]+|gr-qc|hep-(ex|lat|ph|th)|math-ph|nucl-(ex|th)|quant-ph)$/;

/** A tag's name in the library's spelling: `LLMs` means `LLM`. arXiv's categories keep theirs. */
export const toTag = (name: string) => (category.test(name) ? name : toTagName(name) || name);

/** A typed text with the library's names of tags, and ages counted from today. */
export const readText = (typed: string): Query =>
  readQuery(typed, { today: () => toHubDay(new Date()), toTagName: toTag });
