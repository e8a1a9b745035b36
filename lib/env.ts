import path from "node:path";
import { CronPattern } from "croner";
import { z } from "zod";
import { readSender } from "./mail-address";

function isSchedule(text: string): boolean {
  if (text === "") return true;
  try {
    return new CronPattern(text, undefined, { mode: "5-part" }) !== null;
  } catch (error) {
    // How croner rejects a pattern: a TypeError for its form, a RangeError for a value.
    if (error instanceof TypeError || error instanceof RangeError) return false;
    throw error;
  }
}

const serverForm =
  "postgresql://USER:PASSWORD@HOST/DATABASE (with @ : / ? # % in a password as %40 %3A %2F %3F %23 %25)";

const schema = z.object({
  DATABASE_URL: z
    .string()
    .refine(
      (url) => /^file:./.test(url) || namesDatabase(url),
      `expected file:PATH (SQLite) or ${serverForm}`,
    )
    .default("file:data/broadsheet.db"),
  DATABASE_REPLICA_URL: z.string().refine(namesDatabase, `expected ${serverForm}`).optional(),
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
  REFRESH: z
    .string()
    .refine(isSchedule, "expected a cron expression of five fields, or nothing at all")
    .default("17 */3 * * *"),
  INDEXING: z
    .enum(["on", "off"], "expected on or off")
    .transform((text) => text === "on")
    .default(false),
  KEEP_LISTINGS: z.coerce
    .number("expected a number of megabytes, 0 for none")
    .int()
    .min(0)
    .max(1_000_000)
    .default(500),
  KEEP_MEDIA: z.coerce
    .number("expected a number of megabytes, 0 for no pictures")
    .int()
    .min(0)
    .max(1_000_000)
    .default(200),
  ARXIV_URL: z
    .url({ protocol: /^https?$/, error: "expected an address that begins with https:// or http://" })
    .default("https://rss.arxiv.org"),
  ARXIV_API_URL: z
    .url({ protocol: /^https?$/, error: "expected an address that begins with https:// or http://" })
    .default("https://export.arxiv.org"),
  METRICS_PORT: z.coerce.number("expected a number from 0 to 65535").int().min(0).max(65535).optional(),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, "expected at least 16 letters, digits or signs, without spaces")
    .optional(),
  LOG_FORMAT: z.enum(["text", "json"], "expected text or json").default("text"),
  DATABASE_POOL: z.coerce.number("expected a number from 1 to 100").int().min(1).max(100).default(10),
  SMTP_URL: z
    .string()
    .refine(
      namesMailServer,
      "expected smtp://USER:PASSWORD@HOST:PORT, or smtps:// for TLS from the start, with numbers or true and false as parameters",
    )
    .optional(),
  MAIL_FROM: z
    .string()
    .refine(
      (text) => readSender(text) !== null,
      "expected an address like papers@example.org or Papers <papers@example.org>",
    )
    .optional(),
  SUBSCRIBE: z.enum(["off", "local", "open"], "expected off, local or open").default("local"),
  WEBHOOKS_PRIVATE: z
    .enum(["on", "off"], "expected on or off")
    .transform((text) => text === "on")
    .default(false),
  DRAIN_SECONDS: z.coerce.number("expected a number from 0 to 8").int().min(0).max(8).default(0),
});

export type Env = {
  databaseUrl: string;
  /** The file of a library on SQLite. Null on PostgreSQL. */
  databaseFile: string | null;
  /** A copy of a library on PostgreSQL that follows it. Null if there is none. */
  replicaUrl: string | null;
  port: number;
  host: string;
  /** The site's public scheme, name and port. Null: use those of each request. */
  publicUrl: string | null;
  /** Host names to answer to, besides `localhost` and IP addresses. */
  hosts: string[];
  hubUrl: string;
  /** When to fetch new papers, as a cron expression. Null: never. */
  refresh: string | null;
  /** Whether search engines may index the pages. */
  indexing: boolean;
  /** How many bytes of listing files to store. 0: none. */
  keepListings: number;
  /** How many bytes of pictures to store. 0: none are fetched or shown. */
  keepMedia: number;
  arxivUrl: string;
  arxivApiUrl: string;
  /** Where to answer /metrics: on a port of its own, or on the site's to whoever has the token. Null: not there. */
  metrics: { port: number | null; token: string | null };
  logFormat: "text" | "json";
  /** How many connections to PostgreSQL a process opens at most. */
  databasePool: number;
  /** How to send mail, and the site that its links lead to. Null: none is sent. */
  mail: { smtpUrl: string; from: string; site: string } | null;
  /** Who may subscribe to mails: nobody, senders in this machine's networks, or everybody. */
  subscribe: "off" | "local" | "open";
  /** Whether webhooks may lead to private addresses. */
  webhooksPrivate: boolean;
  /** How long a server that was told to stop goes on answering new requests. */
  drainMs: number;
};

/**
 * The configuration from the environment. An empty value counts as unset, except for REFRESH, where it means never.
 * Every program first changes to the project's root, which relative `file:` paths are relative to. Throws an Error of
 * one line that names the variable.
 */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const set = Object.fromEntries(
    Object.entries(source).filter(([name, value]) => value !== "" || name === "REFRESH"),
  );
  const parsed = schema.safeParse(set);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0]);
    if (name.endsWith("_TOKEN")) throw new Error(`${name}: ${issue?.message}`);
    const got = name.endsWith("_URL") ? hidePassword(set[name]) : set[name];
    throw new Error(`${name}: ${issue?.message}, got "${got}"`);
  }
  const {
    DATABASE_URL,
    DATABASE_REPLICA_URL,
    PORT,
    HOST,
    PUBLIC_URL,
    ALLOWED_HOSTS,
    HUB_URL,
    ARXIV_URL,
    ARXIV_API_URL,
    REFRESH,
    INDEXING,
    KEEP_LISTINGS,
    KEEP_MEDIA,
    METRICS_PORT,
    METRICS_TOKEN,
    LOG_FORMAT,
    DATABASE_POOL,
    SMTP_URL,
    MAIL_FROM,
    SUBSCRIBE,
    WEBHOOKS_PRIVATE,
    DRAIN_SECONDS,
  } = parsed.data;
  const databaseFile = DATABASE_URL.startsWith("file:")
    ? path.resolve(/* turbopackIgnore: true */ process.cwd(), DATABASE_URL.slice("file:".length))
    : null;
  if (databaseFile !== null && DATABASE_REPLICA_URL !== undefined)
    throw new Error(
      "DATABASE_REPLICA_URL: expected DATABASE_URL to be a PostgreSQL database too, got a file",
    );
  if (SMTP_URL !== undefined && MAIL_FROM === undefined)
    throw new Error("MAIL_FROM: expected the address that mails come from, because SMTP_URL is set");
  if (SMTP_URL !== undefined && PUBLIC_URL === undefined)
    throw new Error(
      "PUBLIC_URL: expected the site's address for the links in mails, because SMTP_URL is set",
    );
  return {
    databaseUrl: databaseFile === null ? DATABASE_URL : `file:${databaseFile}`,
    databaseFile,
    replicaUrl: DATABASE_REPLICA_URL ?? null,
    port: PORT,
    host: HOST,
    publicUrl: PUBLIC_URL ?? null,
    hosts: [HOST.toLowerCase(), ...ALLOWED_HOSTS, ...(PUBLIC_URL ? [new URL(PUBLIC_URL).hostname] : [])],
    hubUrl: HUB_URL,
    refresh: REFRESH === "" ? null : REFRESH,
    indexing: INDEXING,
    keepListings: KEEP_LISTINGS * 2 ** 20,
    keepMedia: KEEP_MEDIA * 2 ** 20,
    arxivUrl: ARXIV_URL,
    arxivApiUrl: ARXIV_API_URL,
    metrics: { port: METRICS_PORT ?? null, token: METRICS_TOKEN ?? null },
    logFormat: LOG_FORMAT,
    databasePool: DATABASE_POOL,
    mail:
      SMTP_URL && MAIL_FROM && PUBLIC_URL ? { smtpUrl: SMTP_URL, from: MAIL_FROM, site: PUBLIC_URL } : null,
    subscribe: SUBSCRIBE,
    webhooksPrivate: WEBHOOKS_PRIVATE,
    drainMs: DRAIN_SECONDS * 1000,
  };
}

function namesDatabase(url: string): boolean {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) return false;
  const { username, password, pathname } = new URL(url);
  // What follows a "/" or an "@" in a password looks like a host and a database.
  return /^\/[^/@]+$/.test(pathname) && [username, password, pathname].every(canDecode);
}

function namesMailServer(url: string): boolean {
  if (!/^smtps?:\/\//.test(url) || !URL.canParse(url)) return false;
  const { hostname, username, password, searchParams } = new URL(url);
  return (
    hostname !== "" &&
    [username, password].every(canDecode) &&
    [...searchParams].every(([name, value]) => mailParameters.get(name)?.test(value))
  );
}

const positive = /^[1-9]\d{0,8}$/;
const yesNo = /^(?:true|false)$/;
/** What the address of a mail server may say besides, and how (nodemailer's names). */
const mailParameters = new Map([
  ...["maxConnections", "maxMessages", "rateLimit", "rateDelta"].map((name) => [name, positive] as const),
  ...["connectionTimeout", "greetingTimeout", "socketTimeout"].map((name) => [name, positive] as const),
  ...["requireTLS", "ignoreTLS", "tls.rejectUnauthorized"].map((name) => [name, yesNo] as const),
  ...["name", "tls.servername"].map((name) => [name, /^[\w.-]+$/] as const),
]);

function canDecode(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}

function hidePassword(url = ""): string {
  return url.replace(/^([a-z+]+:\/*).*@/is, "$1…@").replace(/([?&](?:password|sslpassword)=)[^&]*/g, "$1…");
}
