import { readFileSync } from "node:fs";
import path from "node:path";
import { patternsOf } from "./routes";

// Browsers prefetch the page behind a hovered or pressed link, if the table of routes allows it.
const speculation = JSON.stringify({
  prefetch: [
    {
      where: {
        and: [
          {
            href_matches: patternsOf((route) => route.prefetched === true).flatMap((path) => [
              path,
              `${path}\\?*`,
            ]),
          },
          { not: { href_matches: "/*\\?*bookmarked=*" } },
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
