import path from "node:path";
import { expect, test } from "vitest";
import { readEnv } from "@/lib/env";

test("without any variable, data/broadsheet.db is served at 127.0.0.1:3000", () => {
  const file = path.resolve("data/broadsheet.db");
  expect(readEnv({} as NodeJS.ProcessEnv)).toEqual({
    databaseUrl: `file:${file}`,
    databaseFile: file,
    replicaUrl: null,
    port: 3000,
    host: "127.0.0.1",
    publicUrl: null,
    hosts: ["127.0.0.1"],
    hubUrl: "https://huggingface.co",
    refresh: "17 */3 * * *",
    indexing: false,
    keepListings: 500 * 2 ** 20,
    keepMedia: 200 * 2 ** 20,
    arxivUrl: "https://rss.arxiv.org",
    arxivApiUrl: "https://export.arxiv.org",
    metrics: { port: null, token: null },
    logFormat: "text",
    databasePool: 10,
    mail: null,
    subscribe: "local",
    webhooksPrivate: false,
    drainMs: 0,
  });
});

test.each([
  [{ PORT: "three" }, /^PORT: .*got "three"$/],
  [{ PORT: "70000" }, /^PORT: .*got "70000"$/],
  [
    { DATABASE_URL: "mysql://ada:sec/r@et@db/x?password=secret" },
    /^DATABASE_URL: expected file:PATH \(SQLite\) or postgresql:.*got "mysql:\/\/…@db\/x\?password=…"$/,
  ],
  [{ DATABASE_URL: "postgresql://db" }, /^DATABASE_URL: .*HOST\/DATABASE .*got "postgresql:\/\/db"$/],
  [{ DATABASE_URL: "library.db" }, /^DATABASE_URL: .*got "library.db"$/],
  [{ PUBLIC_URL: "papers.example" }, /^PUBLIC_URL: .*https:.*got "papers.example"$/],
  [{ PUBLIC_URL: "https://example.org/papers" }, /^PUBLIC_URL: .*without a path/],
  [{ ALLOWED_HOSTS: "papers.lan http://x" }, /^ALLOWED_HOSTS: expected names of hosts/],
  [{ REFRESH: "every day" }, /^REFRESH: expected a cron expression.*got "every day"$/],
  [{ REFRESH: "99 * * * *" }, /^REFRESH: expected a cron expression.*got "99 \* \* \* \*"$/],
  [{ KEEP_LISTINGS: "all" }, /^KEEP_LISTINGS: expected a number of megabytes.*got "all"$/],
  [{ KEEP_MEDIA: "-1" }, /^KEEP_MEDIA: .*got "-1"$/],
  [{ KEEP_MEDIA: "2GB" }, /^KEEP_MEDIA: expected a number of megabytes.*got "2GB"$/],
  [{ ARXIV_URL: "rss.arxiv.org" }, /^ARXIV_URL: .*https:.*got "rss.arxiv.org"$/],
  [{ METRICS_PORT: "on" }, /^METRICS_PORT: expected a number from 0 to 65535.*got "on"$/],
  [
    { METRICS_TOKEN: "too-short" },
    /^METRICS_TOKEN: expected at least 16 letters, digits or signs, without spaces$/,
  ],
  [{ METRICS_TOKEN: "with a space in between" }, /^METRICS_TOKEN: expected .* without spaces$/],
  [{ LOG_FORMAT: "JSON" }, /^LOG_FORMAT: expected text or json, got "JSON"$/],
  [{ DATABASE_POOL: "0" }, /^DATABASE_POOL: .*got "0"$/],
  [{ DATABASE_POOL: "many" }, /^DATABASE_POOL: expected a number from 1 to 100, got "many"$/],
  [{ DATABASE_REPLICA_URL: "file:copy.db" }, /^DATABASE_REPLICA_URL: .*postgresql:.*got "file:copy.db"$/],
  [
    { DATABASE_REPLICA_URL: "postgresql://db.example/papers" },
    /^DATABASE_REPLICA_URL: expected DATABASE_URL to be a PostgreSQL database too, got a file$/,
  ],
  [{ DATABASE_URL: "postgres:hunter2@127.0.0.1/x" }, /^DATABASE_URL: .*%40.*got "postgres:…@127.0.0.1\/x"$/],
  [{ DATABASE_URL: "mysql:root:hunter2@db/x" }, /^DATABASE_URL: .*got "mysql:…@db\/x"$/],
  [
    { DATABASE_URL: "postgresql://ada:p@ss/w0rd@db/papers" },
    /^DATABASE_URL: .*got "postgresql:\/\/…@db\/papers"$/,
  ],
  [
    { DATABASE_URL: "postgresql://ada:100%@db/papers" },
    /^DATABASE_URL: .*got "postgresql:\/\/…@db\/papers"$/,
  ],
  [{ DRAIN_SECONDS: "30" }, /^DRAIN_SECONDS: .*got "30"$/],
  [
    { SMTP_URL: "http://ada:secret@mail.example" },
    /^SMTP_URL: expected smtp:.*got "http:\/\/…@mail.example"$/,
  ],
  [{ SMTP_URL: "smtp://" }, /^SMTP_URL: expected smtp:/],
  [{ SMTP_URL: "smtp://mail.example?maxConnections=abc" }, /^SMTP_URL: expected smtp:/],
  [{ SMTP_URL: "smtp://mail.example?rateLimit=-3" }, /^SMTP_URL: expected smtp:/],
  [{ SMTP_URL: "smtp://mail.example?tls.rejectUnauthorized=maybe" }, /^SMTP_URL: expected smtp:/],
  [{ SMTP_URL: "smtp://mail.example?nonsense=1" }, /^SMTP_URL: expected smtp:/],
  [{ MAIL_FROM: "papers" }, /^MAIL_FROM: expected an address like .*got "papers"$/],
  [{ MAIL_FROM: "Ada <a@example.org>, Bo <b@example.org>" }, /^MAIL_FROM: expected an address/],
  [{ MAIL_FROM: "Ada\r\nBcc: <b@example.org>" }, /^MAIL_FROM: expected an address/],
  [
    { SMTP_URL: "smtp://mail.example", PUBLIC_URL: "https://papers.example" },
    /^MAIL_FROM: expected .*SMTP_URL is set$/,
  ],
  [
    { SMTP_URL: "smtp://mail.example", MAIL_FROM: "a@example.org" },
    /^PUBLIC_URL: expected .*SMTP_URL is set$/,
  ],
  [{ SUBSCRIBE: "yes" }, /^SUBSCRIBE: expected off, local or open, got "yes"$/],
  [{ WEBHOOKS_PRIVATE: "1" }, /^WEBHOOKS_PRIVATE: expected on or off, got "1"$/],
  [{ HUB_URL: "huggingface.co" }, /^HUB_URL: .*https:.*got "huggingface.co"$/],
])("%j is refused with one line that names the variable", (variables, line) => {
  expect(() => readEnv(variables as unknown as NodeJS.ProcessEnv)).toThrow(line);
});

test.each(["postgresql", "postgres"])("%s:// is a library without a file", (scheme) => {
  const url = `${scheme}://ada:secret@db.example:5433/papers?sslmode=require`;
  const env = readEnv({ DATABASE_URL: url } as unknown as NodeJS.ProcessEnv);
  expect([env.databaseUrl, env.databaseFile]).toEqual([url, null]);
});

test("the allowed hosts come from PUBLIC_URL, ALLOWED_HOSTS and HOST", () => {
  const variables = {
    PUBLIC_URL: "https://Papers.example:8443/",
    ALLOWED_HOSTS: "one.lan, Two.lan",
    HOST: "box",
  };
  const { publicUrl, hosts } = readEnv(variables as unknown as NodeJS.ProcessEnv);
  expect([publicUrl, hosts]).toEqual([
    "https://papers.example:8443",
    ["box", "one.lan", "two.lan", "papers.example"],
  ]);
});

test("an empty REFRESH turns refreshing off", () => {
  expect(readEnv({ REFRESH: "" } as unknown as NodeJS.ProcessEnv).refresh).toBeNull();
});

test("mail needs a server, a sender and the site's address", () => {
  const variables = {
    SMTP_URL: "smtps://ada:secret@mail.example?maxConnections=2",
    MAIL_FROM: "Papers <papers@example.org>",
    PUBLIC_URL: "https://papers.example/",
  };
  expect(readEnv(variables as unknown as NodeJS.ProcessEnv).mail).toEqual({
    smtpUrl: variables.SMTP_URL,
    from: variables.MAIL_FROM,
    site: "https://papers.example",
  });
});
