import { type Day, toHubDay } from "../days";
import { type Query, readQuery } from "../search/language";
import type { OwnNames } from "../search/qualifiers";
import { toTagName } from "../tags/topics";

const category = /^([a-z-]+\.[A-Za-z-]+|gr-qc|hep-(ex|lat|ph|th)|math-ph|nucl-(ex|th)|quant-ph)$/;

/** A tag's name in the library's spelling: `LLMs` means `LLM`. arXiv's categories keep theirs. */
export const toTag = (name: string) => (category.test(name) ? name : toTagName(name) || name);

/** A typed text with the library's names of tags and those of the reader, and ages counted from a day: today, if none is given. */
export const readText = (typed: string, own: OwnNames | null = null, day: Day | null = null): Query =>
  readQuery(typed, { today: () => day ?? toHubDay(new Date()), toTagName: toTag, own });
