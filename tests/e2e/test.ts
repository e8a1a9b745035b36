import { test as base, chromium, expect } from "@playwright/test";

/** Playwright's test, which also fails on errors in the console and on requests to other hosts. */
export const test = base.extend<{ failOnErrors: undefined; expectedErrors: RegExp[] }>({
  expectedErrors: [[], { option: true }],
  failOnErrors: [
    async ({ page, baseURL, expectedErrors }, use) => {
      const errors: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error" && !expectedErrors.some((known) => known.test(message.text()))) {
          errors.push(message.text());
        }
      });
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("request", (request) => {
        if (new URL(request.url()).origin !== baseURL) errors.push(`requested ${request.url()}`);
      });
      await use(undefined);
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
});

export { chromium, expect };
