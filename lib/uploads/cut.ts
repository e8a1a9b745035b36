/** The beginning of a list, and its length. */
export type Cut<Item> = { first: Item[]; total: number };

const shown = 20;

export const cut = <Item>(all: Item[]): Cut<Item> => ({ first: all.slice(0, shown), total: all.length });
