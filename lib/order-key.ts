/** The size of a day's range of order keys: days since 1970 times this, plus a free number. */
export const perDay = 1_000_000n;

/** The least order key of a day, given as days since 1970. */
export const firstKey = (day: number) => BigInt(day) * perDay;
