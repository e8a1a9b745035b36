/** The most entries of an upload. Adding them takes a minute; the scraper has no limit. */
export const maxEntries = 50_000;

/** How many papers that are known only by an id are fetched with an upload: five requests to arXiv. */
export const maxFetched = 500;
