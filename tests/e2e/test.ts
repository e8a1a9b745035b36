import { test as base, chromium, expect } from "@playwright/test";

/** Playwright's test, in which an error on the console or a request to another host is a failure. */
export const test = base.extend<{ watched: undefined; expectedErrors: RegExp[] }>({
  expectedErrors: [[], { option: true }],
  watched: [
    async ({ page, baseURL, expectedErrors }, use) => {
      const wrong: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error" && !expectedErrors.some((known) => known.test(message.text()))) {
          wrong.push(message.text());
        }
      });
      page.on("pageerror", (error) => wrong.push(error.message));
      page.on("request", (request) => {
        if (new URL(request.url()).origin !== baseURL) wrong.push(`asked ${request.url()}`);
      });
      await use(undefined);
      expect(wrong).toEqual([]);
    },
    { auto: true },
  ],
});

export { chromium, expect };
