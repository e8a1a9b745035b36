/** Codes of PostgreSQL, of Prisma (P…), of its adapter (words) and of the network, with what they mean for whoever runs Broadsheet. */
const problems: [RegExp, string][] = [
  [
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|timeout|P1001|DatabaseNotReachable)$/,
    "the database server does not answer; check that it runs and that DATABASE_URL has the right host and port",
  ],
  [
    /^08P01$/,
    "the connection was refused; a pooler such as PgBouncer must pass on the startup parameters options, statement_timeout and lock_timeout",
  ],
  [
    /^(ECONNRESET|EPIPE|57P0[123]|55000|08\w{3}|closed|P1017|ConnectionClosed)$/,
    "the database server is starting, stopping or closed the connection; try again in a moment",
  ],
  [
    /^(28\w{3}|P1000|P1010|AuthenticationFailed|DatabaseAccessDenied)$/,
    "the database server refused the name or password in DATABASE_URL",
  ],
  [
    /^(3D000|P1003|DatabaseDoesNotExist)$/,
    "the database server has no such database; create it, or change DATABASE_URL",
  ],
  [/^(53300|P2037)$/, "the database server has no free connection; raise its max_connections"],
  [
    /^(53100|53200|58030)$/,
    "the database server is out of disk space or memory. Nothing already saved was lost",
  ],
  [/^25006$/, "the database is read-only; connect to the primary server, not to a replica"],
  [/^42501$/, "the user in DATABASE_URL lacks permissions on the database; make it the owner"],
  [/^(40001|40P01|55P03|P2034|P2028)$/, "another program is writing to it; try again in a moment"],
  [/^57014$/, "the database server took too long; try again in a moment"],
];

/** What is wrong with a library on PostgreSQL, or null if the error is not the database's. */
export function postgresProblem(error: unknown): string | null {
  for (const code of codesOf(error)) {
    const problem = problems.find(([form]) => form.test(code))?.[1];
    if (problem) return problem;
  }
  return null;
}

// A deadlock, a lock that was not free in time, or a row that was deleted while another was written that refers to it.
const busy = /^(40001|40P01|55P03|23503|P2034|P2003)$/;

export function isPostgresBusy(error: unknown): boolean {
  return codesOf(error).some((code) => busy.test(code));
}

/** Every code of an error and its causes: what Prisma calls it, and what the driver did. */
function codesOf(error: unknown): string[] {
  if (typeof error !== "object" || error === null) return [];
  const { code, originalCode, kind, cause, meta, errors, message } = error as {
    [name in "code" | "originalCode" | "kind" | "cause" | "meta" | "errors" | "message"]?: unknown;
  };
  const own = [originalCode, code, kind].filter((one) => typeof one === "string");
  const ofDriver = (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError;
  const [first] = Array.isArray(errors) ? errors : []; // one for each address of a host
  return [
    ...own,
    ...codesInWords.flatMap(([form, word]) => (form.test(String(message)) ? [word] : [])).slice(0, 1),
    ...[cause, ofDriver, first].flatMap(codesOf),
  ];
}

// Errors of the driver that have no code.
const codesInWords: [RegExp, string][] = [
  [
    /timeout exceeded when trying to connect|timeout expired|due to connection timeout|Query read timeout/,
    "timeout",
  ],
  [/Connection terminated|Client has encountered a connection error/, "closed"],
];
