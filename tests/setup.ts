import { beforeEach, vi } from "vitest";

// What a program says on standard error by accident is a defect; a test that expects it says so itself.
beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation((...words) => {
    throw new Error(`console.error: ${words.join(" ")}`);
  });
});
