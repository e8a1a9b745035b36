import { createFixtureLibrary, scrapeInto } from "./scrape-into";

/** Fills the library of the site that tests share, and the one that they copy. */
export default function setup(): void {
  scrapeInto({ ...process.env, DATABASE_URL: process.env.E2E_DATABASE_URL }, "tests/fixtures/e2e");
  createFixtureLibrary();
}
