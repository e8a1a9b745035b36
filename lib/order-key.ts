/** How many order keys a day has. A paper's key is its feed day, in days since 1970, times this, plus a free number. */
export const perDay = 1_000_000n;

/** The lowest order key of a day, given in days since 1970. */
export const firstKey = (day: number) => BigInt(day) * perDay;
