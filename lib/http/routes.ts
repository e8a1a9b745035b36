type Route = {
  /** The methods it accepts; GET and HEAD unless it says otherwise. */
  methods?: readonly string[];
  /** The same for every reader, so other sites may embed it and search engines may index it. Private by default. */
  shared?: true;
  /** Requests from other sites are accepted: the address contains a token, and mail programs post to it. */
  fromAnywhere?: true;
  /** The most megabytes of a request's body, if that is more than one. */
  maxBodyMegabytes?: number;
  /** A page that browsers may fetch before its link is clicked. */
  prefetched?: true;
};

const page: Route = { shared: true, prefetched: true };
const shared: Route = { shared: true };
const post: Route = { methods: ["POST"] };
const mark: Route = { methods: ["PUT", "DELETE"] };
const bookmark: Route = { methods: ["PUT", "PATCH", "DELETE"] };

/**
 * Every address of the site, spelled like its folder in app/. The first match counts. Addresses not listed here
 * are private, accept GET and HEAD, and are never prefetched.
 */
export const routes: Readonly<Record<string, Route>> = {
  "/": page,
  "/papers": page,
  "/papers/date": shared,
  "/papers/date/[day]": page,
  "/papers/week": shared,
  "/papers/week/[week]": page,
  "/papers/month": shared,
  "/papers/month/[month]": page,
  "/papers/trending": page,
  "/papers/[...id]": page,
  "/topics": page,
  "/help": page,
  "/feeds": page,
  "/feeds/atom.xml": shared,
  "/math/[version]/[file]": shared,
  "/media/[file]": shared,
  "/_next/static/[...file]": shared,
  "/apple-icon.png": shared,
  "/favicon.ico": shared,
  "/icon.svg": shared,
  "/robots.txt": shared,

  "/library": {},
  "/library/edit": post,
  "/library/forgotten": {},
  "/library/snooze": post,
  "/library/[...id]": {},
  "/export": {},
  "/cite/[...id]": {},
  "/watches": {},
  "/watches/edit": {},
  "/watches/open": post,
  "/watches/save": post,
  "/catch-up": {},
  "/digest": {},
  "/digest/preview": {},
  "/catch-up/next": {},
  "/settings": {},
  "/sources": {},
  "/add": {},
  "/webhooks": {},
  "/me.css": {},
  "/unavailable": {},
  "/add/preview": { ...post, maxBodyMegabytes: 21 }, // a file of 20 MB, in a form
  "/add/save": post,
  "/bookmarks": post,
  "/fetch": post,
  "/refresh": post,
  "/settings/save": post,
  "/settings/test-mail": post,
  "/sources/forget": post,
  "/subscribe": {},
  "/subscribe/send": post,
  "/subscribe/[token]": {},
  "/subscribe/[token]/save": post,
  "/undo": post,
  "/unsubscribe/[token]": { methods: ["GET", "HEAD", "POST"], fromAnywhere: true },
  "/webhooks/save": post,

  "/api/health": {},
  "/api/ready": {},
  "/api/v1/bookmarks/[...id]": bookmark,
  "/api/v1/export": {},
  "/api/v1/library": {},
  "/api/v1/papers": {},
  "/api/v1/papers/[...id]": {},
  "/api/v1/refresh": {},
  "/api/v1/seen/[...id]": mark,
  "/api/v1/suggest": {},
  "/api/v1/undo": post,

  "/[...path]": {},
};

const table = Object.entries(routes).map(([pattern, route]) => {
  const literal = pattern.replace(/[.]/g, "\\.").replace(/\[(\\\.){3}\w+\]/g, ".+");
  return { form: new RegExp(`^${literal.replace(/\[\w+\]/g, "[^/]+")}/?$`), pattern, route };
});

/** The route of a decoded path. An unknown path is private and accepts only GET and HEAD. */
export function routeOf(path: string): Route {
  return table.find(({ form }) => form.test(path))?.route ?? {};
}

/** The pattern of a decoded path, as the table spells it. */
export function routePattern(path: string): string {
  return table.find(({ form }) => form.test(path))?.pattern ?? "/[...path]";
}

/** The methods a path accepts, for `Allow`. */
export function methodsOf(path: string): readonly string[] {
  return routeOf(path).methods ?? ["GET", "HEAD"];
}

/** The addresses with a property, as URL patterns in which `*` stands for any part of a path. */
export function patternsOf(has: (route: Route) => boolean): string[] {
  return Object.entries(routes)
    .filter(([, route]) => has(route))
    .map(([pattern]) => pattern.replace(/\[[^\]]+\]/g, "*"));
}
