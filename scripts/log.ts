import { format, stripVTControlCharacters } from "node:util";
import { databaseProblem } from "@/lib/db/problem";
import type { Env } from "@/lib/env";
import { requestIdNow } from "@/lib/http/answer";
import { printable } from "@/lib/printable";

type Level = "info" | "warn" | "error";
/** What a line is about. In text, only the id is shown. */
export type Fields = {
  requestId?: string | undefined;
  method?: string;
  path?: string;
  status?: number;
  ms?: number;
};
export type WriteLine = (level: Level, message: string, fields?: Fields) => void;
type Write = (level: Level, message: string, fields: Fields) => void;
/** How lines are written, and the texts that they must not contain. */
export type LogOptions = { format: "text" | "json"; secrets: string[] };

/** The log of a server with this configuration. */
export function logOptions({ logFormat, databaseUrl, mail, metrics }: Env): LogOptions {
  const addresses = [databaseUrl, mail?.smtpUrl ?? ""].filter((url) => /^(?!file:)\w+:/.test(url));
  const passwords = addresses.map((url) => new URL(url).password);
  const secrets = [...passwords, ...passwords.map(decodeURIComponent), metrics.token ?? ""];
  return { format: logFormat, secrets: secrets.filter((secret) => secret.length >= shortestSecret) };
}

// A shorter password would also be found inside of ordinary words. In an address, it is hidden nevertheless.
const shortestSecret = 4;

/**
 * Takes over what this thread prints, including what Next and other packages do: secrets are hidden, and a line about a
 * request has its id. Lines are text, or with `json` an object each. Warnings go to standard output and errors to
 * standard error, as before. Returns a function for lines with fields of their own.
 */
export async function openLog(options: LogOptions): Promise<WriteLine> {
  const write = options.format === "json" ? await openJson() : openText();
  const writeLine: WriteLine = (level, message, fields = {}) =>
    write(level, withoutSecrets(message, options.secrets), fields);
  for (const [name, level] of Object.entries(levels))
    console[name as keyof typeof levels] = (
      ...args: unknown[] // a key of the object
    ) => writeLine(level, toMessage(args), { requestId: requestIdNow() });
  return writeLine;
}

/** What is wrong with the library is one line, whoever prints it: a stack would not help. Other errors keep theirs. */
function toMessage(args: unknown[]): string {
  const error = args.find((one) => one instanceof Error);
  const problem = error && databaseProblem(error);
  return problem ? `library: ${problem}` : format(...args);
}

const levels = { log: "info", info: "info", warn: "warn", error: "error" } as const;

function openText(): Write {
  const { log, warn, error } = console;
  const print = { info: log, warn, error };
  return (level, message, { requestId }) => {
    // After the first line, because the others are a stack.
    const line = requestId ? message.replace(/\n|$/, ` (request ${requestId})$&`) : message;
    print[level].call(console, "%s", line);
  };
}

async function openJson(): Promise<Write> {
  // It takes some memory, so only a server that needs it loads it.
  const { default: pino } = await import("pino");
  const to = (fd: number) => pino.destination({ dest: fd, sync: true });
  const logger = pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    pino.multistream(
      [
        { level: "info", stream: to(1) },
        { level: "warn", stream: to(2) },
      ],
      { dedupe: true },
    ),
  );
  return (level, message, fields) => logger[level](fields, clean(message));
}

/** Without colors, and without the sign that Next puts before its lines. */
function clean(message: string): string {
  return stripVTControlCharacters(message)
    .trim()
    .replace(/^[⨯✓⚠○▲]\s*/, "");
}

const login = /(\b[a-z][a-z+.-]{1,20}:\/\/)[^\s/?#@"'<>]{1,300}@/gi;

function withoutSecrets(message: string, secrets: string[]): string {
  return secrets.reduce((text, secret) => text.replaceAll(secret, "…"), message.replace(login, "$1…@"));
}

/** The line for a request that failed. */
export function failureLine(method: string, url: string, status: number, why: string): string {
  return printable(`serve: ${method} ${url.slice(0, maxUrl)}: ${status}, ${why}`);
}

const maxUrl = 300;
