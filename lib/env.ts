import path from "node:path";
import { z } from "zod";

const schema = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^file:./, "expected an address that begins with file: (SQLite)")
    .default("file:data/broadsheet.db"),
  PORT: z.coerce.number("expected a number from 0 to 65535").int().min(0).max(65535).default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  PUBLIC_URL: z
    .url({
      protocol: /^https?$/,
      error: "expected an address that begins with https:// or http://",
      abort: true,
    })
    .refine((url) => new URL(url).pathname === "/", "expected an address without a path")
    .transform((url) => new URL(url).origin)
    .optional(),
  ALLOWED_HOSTS: z
    .string()
    .transform((names) =>
      names
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(Boolean),
    )
    .pipe(z.array(z.hostname("expected names of hosts, separated by commas")))
    .default([]),
  HUB_URL: z
    .url({ protocol: /^https?$/, error: "expected an address that begins with https:// or http://" })
    .default("https://huggingface.co"),
  ARXIV_URL: z
    .url({ protocol: /^https?$/, error: "expected an address that begins with https:// or http://" })
    .default("https://rss.arxiv.org"),
});

export type Env = {
  databaseUrl: string;
  databaseFile: string;
  port: number;
  host: string;
  /** Scheme, name and port under which readers reach it; null: as each request says. */
  publicUrl: string | null;
  /** Names that it answers to, beside `localhost` and literal addresses. */
  hosts: string[];
  hubUrl: string;
  arxivUrl: string;
};

/**
 * The configuration, from the environment; an empty value counts as unset. The working directory is the
 * project's root (every program of ours goes there first), so a relative `file:` path is relative to it.
 * Throws an Error of one line that names the variable.
 */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(set);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0]);
    const got = name.endsWith("_URL") ? hidePassword(set[name]) : set[name];
    throw new Error(`${name}: ${issue?.message}, got "${got}"`);
  }
  const { DATABASE_URL, PORT, HOST, PUBLIC_URL, ALLOWED_HOSTS, HUB_URL, ARXIV_URL } = parsed.data;
  const databaseFile = path.resolve(
    /* turbopackIgnore: true */ process.cwd(),
    DATABASE_URL.slice("file:".length),
  );
  return {
    databaseUrl: `file:${databaseFile}`,
    databaseFile,
    port: PORT,
    host: HOST,
    publicUrl: PUBLIC_URL ?? null,
    hosts: [HOST.toLowerCase(), ...ALLOWED_HOSTS, ...(PUBLIC_URL ? [new URL(PUBLIC_URL).hostname] : [])],
    hubUrl: HUB_URL,
    arxivUrl: ARXIV_URL,
  };
}

function hidePassword(url = ""): string {
  return url.replace(/:\/\/[^@/]*@/, "://…@");
}
