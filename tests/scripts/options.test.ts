import { expect, test } from "vitest";
import { readOptions } from "@/scripts/scrape/options";

test("a refresh is of all days that need it, or with --date of one", () => {
  expect(readOptions(["--refresh"])?.task).toEqual({ refresh: null });
  expect(readOptions(["--refresh", "--date", "2025-12-11"])?.task).toEqual({ refresh: "2025-12-11" });
  expect(readOptions(["--date", "2025-12-11"])?.task).toEqual({ kind: "day", period: "2025-12-11" });
  expect(() => readOptions(["--refresh", "--date", "2025-02-30"])).toThrow("--date: expected a day");
  expect(() => readOptions(["--refresh", "--date", "2025-12-11", "--dry-run"])).toThrow("got --refresh");
  expect(() => readOptions(["--refresh", "--since", "2025-12-11"])).toThrow("got both");
  expect(() => readOptions(["--refresh", "--date", "2025-12-11", "--replay"])).toThrow("got all of them");
});
