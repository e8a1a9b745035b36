import { readFileSync } from "node:fs";
import path from "node:path";

// Browsers prefetch the page behind a hovered or pressed link. Excluded are the reader's own pages, because a click on
// a bookmark changes them, and addresses that are not pages.
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
    // Links that keys follow, since keys do not hover.
    { where: { selector_matches: "main:not([data-own]) a[rel=next]" }, eagerness: "eager" },
  ],
});

const bundle = (name: string) => readFileSync(path.resolve(`app/island/${name}.js`), "utf8");

/**
 * The three inline scripts of every page: early-keys.ts and island.ts of components/browser, bundled by
 * scripts/setup/bundle-island.mjs, and the prefetch rules. app/layout.tsx includes them, and the front's policy allows
 * no others.
 */
export function readPageScripts(): { earlyKeys: string; speculation: string; island: string } {
  return { earlyKeys: bundle("early-keys"), speculation, island: bundle("island") };
}
