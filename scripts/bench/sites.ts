import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { freePort } from "../drill/free-port";
import { run } from "../setup/setup.mjs";

export type Site = { base: string; pid: number; stop: () => Promise<void> };

/** The site as `npm start` serves it. `url` is a DATABASE_URL. */
export async function startOurs(url: string): Promise<Site> {
  const port = await freePort();
  const env = { PORT: String(port), DATABASE_URL: url, HUB_URL: "http://127.0.0.1:1", REFRESH: "" };
  return startSite(["--max-semi-space-size=8", "scripts/start.mjs"], process.cwd(), env, port);
}

/**
 * The same page of a day, cached and compressed by Next alone: statically rendered on its first visit, with `compress`
 * on.
 */
export async function startNextAlone(library: string): Promise<Site> {
  const folder = prepare("next-alone", ["app", "components", "lib"]);
  change(
    path.join(folder, "app/papers/date/[day]/page.tsx"),
    ['export const dynamic = "force-dynamic";', "export const generateStaticParams = () => [];"],
    ["toOrder((await searchParams).sort)", '"hub"'], // a page that reads its query is never static
  );
  change(
    path.join(folder, "next.config.ts"),
    ["compress: false", "compress: true"],
    ["generateEtags: false", "generateEtags: true"],
  );
  return buildAndStart(folder, { DATABASE_URL: `file:${library}` });
}

/** Two static pages of the same Next: an empty one, and `/filled`, about as large as `html`. */
export async function startStatic(html: string): Promise<Site> {
  const folder = prepare("static", []);
  mkdirSync(path.join(folder, "app"));
  writeFileSync(
    path.join(folder, "app/layout.tsx"),
    "export default ({ children }: { children: React.ReactNode }) => <html lang='en'><body>{children}</body></html>;\n",
  );
  writeFileSync(path.join(folder, "app/page.tsx"), "export default () => <p>Nothing</p>;\n");
  mkdirSync(path.join(folder, "app/filled"));
  // Next sends everything twice, as HTML and as its own data.
  writeFileSync(path.join(folder, "filled.html"), html.slice(0, html.length / 2));
  writeFileSync(
    path.join(folder, "app/filled/page.tsx"),
    `import { readFileSync } from "node:fs";
const html = readFileSync(${JSON.stringify(path.join(folder, "filled.html"))}, "utf8");
export default () => <div dangerouslySetInnerHTML={{ __html: html }} />;
`,
  );
  return buildAndStart(folder, {});
}

// Inside .next, so that packages are found above it and nothing is ever committed.
function prepare(name: string, folders: string[]): string {
  const folder = path.resolve(".next/bench", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const one of [...folders, "tsconfig.json", "next.config.ts", "postcss.config.mjs", "package.json"]) {
    cpSync(one, path.join(folder, one), { recursive: true });
  }
  return folder;
}

function change(file: string, ...changes: [string, string][]): void {
  let text = readFileSync(file, "utf8");
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`bench: ${file} does not contain ${from}`);
    text = text.replaceAll(from, to);
  }
  writeFileSync(file, text);
}

async function buildAndStart(folder: string, env: Record<string, string>): Promise<Site> {
  const next = path.resolve("node_modules/next/dist/bin/next");
  const settings = { ...env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  // In its folder, because the pages read files relative to it.
  const { code, output } = await run([process.execPath, next, "build"], settings, undefined, folder);
  if (code !== 0) throw new Error(`could not build the site to compare with:\n${output}`);
  const port = await freePort();
  return startSite([next, "start", folder, "-p", String(port), "-H", "127.0.0.1"], folder, settings, port);
}

async function startSite(
  args: string[],
  cwd: string,
  env: Record<string, string>,
  port: number,
): Promise<Site> {
  const child: ChildProcess = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on("data", (bytes) => /ready/i.test(String(bytes)) && resolve());
    child.on("exit", (code) => reject(new Error(`the server exited with ${code}`)));
  });
  return {
    base: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    stop: () =>
      new Promise((resolve) => {
        child.on("exit", () => resolve());
        child.kill("SIGTERM");
      }),
  };
}
