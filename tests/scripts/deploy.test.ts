import { execFile, execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { expect, test } from "vitest";
import { readEnv } from "@/lib/env";

const read = (file: string) => readFileSync(file, "utf8");
const compose = read("compose.yaml");
const unit = read("scripts/deploy/broadsheet.service");

test("the files that the image and the unit name exist, and are part of the image", () => {
  const named = [
    ...`${read("Dockerfile")}${compose}${unit}`.matchAll(
      /\bscripts\/[\w/.-]+\.\w+|scripts\/deploy\/Caddyfile/g,
    ),
  ];
  expect(named.length).toBeGreaterThan(4);
  for (const [file] of named) expect([file, existsSync(file)]).toEqual([file, true]);
  const ignored = read(".dockerignore")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  expect(ignored).toEqual(expect.arrayContaining([".git", ".env", "node_modules", "data"]));
  for (const needed of ["package-lock.json", "prisma", "scripts", "lib", "app", "components", "public"])
    expect(ignored).not.toContain(needed);
});

test("the image and npm start run the server in the same way", () => {
  const [, command = ""] = /^CMD (\[.+\])$/m.exec(read("Dockerfile")) ?? [];
  const { scripts } = JSON.parse(read("package.json"));
  expect(JSON.parse(command).join(" ")).toBe(scripts.start);
  expect(unit).toContain(`ExecStart=/usr/bin/env ${scripts.start}\n`);
});

test("the variables of the containers and of the unit are ones that Broadsheet knows, with values that it accepts", () => {
  const [, team = ""] = /^x-team:.*?environment:\n(.*?)\n {2}\w/ms.exec(compose) ?? [];
  const values = Object.fromEntries(
    [...team.matchAll(/^ {4}([A-Z_]+): (.+)$/gm)].map(([, name, value = ""]) => [
      name,
      value
        .replace(/\$\{POSTGRES_PASSWORD:-\}/, "secret")
        .replace(/\$\{SITE:-localhost\}/, "papers.example")
        .replace(/\$\{\w+:-\}/, ""), // unset
    ]),
  );
  expect(Object.keys(values)).toContain("DATABASE_URL");
  const known = [...read("lib/env.ts").matchAll(/^ {2}([A-Z_]+): z/gm)].map(([, name]) => name);
  expect(Object.keys(values).filter((name) => !known.includes(name))).toEqual([]);
  const env = readEnv(values as unknown as NodeJS.ProcessEnv);
  expect(env).toMatchObject({
    publicUrl: "https://papers.example",
    logFormat: "json",
    databaseFile: null,
  });
  const [, grace] = /stop_grace_period: (\d+)s/.exec(compose) ?? [];
  expect(Number(grace)).toBeGreaterThan(10); // the server ends within ten
});

test("the health check of the image succeeds only if the server answers", async () => {
  const check = (port: number) =>
    new Promise((resolve) => {
      const env = { ...process.env, PORT: `${port}` };
      execFile(process.execPath, ["scripts/deploy/check-health.mjs"], { env }, (error) =>
        resolve(error ? error.code : 0),
      );
    });
  const server = createServer((request, response) =>
    response.writeHead(request.url === "/api/health" ? 200 : 404).end(),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  expect(await check(port)).toBe(0);
  await new Promise((resolve) => server.close(resolve));
  expect(await check(port)).toBe(1);
});

// The programs that check them are not everywhere.
const has = (program: string) => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;

test.runIf(has("systemd-analyze"))("systemd accepts the unit", () => {
  const { status, stderr } = spawnSync("systemd-analyze", ["verify", "scripts/deploy/broadsheet.service"], {
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([0, ""]);
});

test.runIf(has("caddy"))("Caddy accepts the Caddyfile, in Caddy's format", () => {
  const file = path.resolve("scripts/deploy/Caddyfile");
  const env = { ...process.env, WEB: "web-1:3000 web-2:3000", SITE: "papers.example" };
  const config = JSON.parse(
    execFileSync("caddy", ["adapt", "--config", file], {
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }),
  );
  expect(JSON.stringify(config)).toContain('"dial":"web-2:3000"');
  expect(execFileSync("caddy", ["fmt", file], { encoding: "utf8" })).toBe(read("scripts/deploy/Caddyfile"));
});
