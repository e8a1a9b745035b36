import { beforeEach, vi } from "vitest";

// An unexpected console.error fails the test. A test that expects one replaces this mock.
beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation((...args) => {
    throw new Error(`console.error: ${args.join(" ")}`);
  });
});
