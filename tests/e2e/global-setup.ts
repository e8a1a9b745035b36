import { fillOnce, scrapeInto } from "./scrape-into";

/** Fills the library of the served site, and one that tests copy. */
export default function setup(): void {
  scrapeInto({ ...process.env, DATABASE_URL: process.env.E2E_DATABASE_URL }, "tests/fixtures/e2e");
  fillOnce();
}
