import { readFileSync } from "node:fs";
import path from "node:path";

// The page behind a link that is hovered or pressed is fetched before the click; not those of the reader's own, which a
// click on a bookmark changes, nor what is no page.
const speculation = JSON.stringify({
  prefetch: [
    {
      where: {
        and: [
          { href_matches: "/*" },
          {
            not: {
              href_matches: [
                "/library*",
                "/catch-up*",
                "/settings*",
                "/sources*",
                "/api/*",
                "/feeds/*",
                "/*\\?*bookmarked=*",
              ],
            },
          },
        ],
      },
      eagerness: "moderate",
    },
    // Where keys lead, which hover over nothing.
    { where: { selector_matches: "main:not([data-own]) a[rel=next]" }, eagerness: "eager" },
  ],
});

const bundle = (name: string) => readFileSync(path.resolve(`app/island/${name}.js`), "utf8");

/**
 * The three inline scripts of every page: what keeps keys until the island has started (components/browser/early-keys.ts), what a
 * browser may prefetch, and the island (components/browser/island.ts); scripts/setup/bundle-island.mjs bundles them. app/layout.tsx writes
 * them, and the front's policy allows them and no others.
 */
export function readPageScripts(): { earlyKeys: string; speculation: string; island: string } {
  return { earlyKeys: bundle("early-keys"), speculation, island: bundle("island") };
}
