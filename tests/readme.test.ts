import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { filterState } from "@/lib/papers/filter";

const readme = readFileSync("README.md", "utf8");
const read = (file: string) => readFileSync(file, "utf8");

test.each(Object.keys(JSON.parse(read("package.json")).scripts))("README names the script %s", (name) => {
  expect(readme).toMatch(new RegExp(`npm (run )?${name}\\b`));
});

test.each([...read("lib/env.ts").matchAll(/^ {2}([A-Z_]+): z/gm)].map(([, name]) => name ?? ""))(
  "README and .env.example list the variable %s with the same default",
  (name) => {
    const [, value = ""] = new RegExp(`^# ${name}=(.+)$`, "m").exec(read(".env.example")) ?? [];
    expect(value).not.toBe("");
    expect(readme.replace(/ +/g, " ")).toContain(`| \`${name}\` | \`${value}\` |`);
  },
);

test.each(
  [...read("scripts/scrape/options.ts").matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option]) => option ?? ""),
)("README names the option %s", (option) => {
  expect(readme).toContain(`\`${option}`);
});

test.each(Object.keys(filterState.defaults))("README names the filter %s", (name) => {
  expect(readme).toMatch(new RegExp(`[?&]${name}=`));
});

test.each(["README.md", "CONTRIBUTING.md"])(
  "every link in %s to a file of the repository leads to an existing file",
  (name) => {
    const links = [...read(name).matchAll(/\]\(((?!https?:|#)[^)]+)\)/g)].map(([, target]) => target ?? "");
    expect(links.length).toBeGreaterThan(3);
    expect(links.filter((target) => !existsSync(target))).toEqual([]);
  },
);

test("tests/e2e/tour.spec.ts follows every step of README's tour", () => {
  const steps = [...readme.matchAll(/^\d+\. \*\*(.+?)\.?\*\*/gm)].map(([, title]) => title);
  expect(steps.length).toBeGreaterThan(10);
  const tested = [...read("tests/e2e/tour.spec.ts").matchAll(/^ {6}await step\("(.+)"/gm)].map(
    ([, title]) => title,
  );
  expect(tested).toEqual(steps);
});
