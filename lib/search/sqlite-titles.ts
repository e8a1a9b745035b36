import { Prisma } from "../db/prisma";

// Of two titles with the same words, the shorter one says more about them: among titles that have a word once, this is the order of
// BM25, and among those that have it twice, too. An index in that order finds the best of any number of titles without looking at the
// others.

// Longer titles are all the same to a reader.
const maxSize = 31;
// More than any order key: days of the year 9999 need 42 bits.
const perSize = 2 ** 42;

/** The place of a title in its index: the highest is the shortest, and of titles of one size the newest. */
export const toTitlePlace = (orderKey: number, size: number) =>
  (maxSize - Math.min(size, maxSize)) * perSize + orderKey;

/** All places that a paper's title may have. */
export const placesOf = (orderKey: number) =>
  Array.from({ length: maxSize + 1 }, (_, size) => toTitlePlace(orderKey, size));

/** The number of terms of the title at a place, `maxSize` if it has more. */
export const sizeAt = (place: number) => maxSize - Math.floor(place / perSize);

export const orderKeyAt = (place: number) => place % perSize;

/** The order key of a row of the index, as SQL. */
export const orderKeySql = Prisma.sql`("TitleIndex".rowid & ${perSize - 1})`;
