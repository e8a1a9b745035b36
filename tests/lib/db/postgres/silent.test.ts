import { connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import { databaseProblem } from "@/lib/db/problem";
import { openTestDatabase, type TestDatabase } from "@/tests/postgres-library";

// Between the program and its database: passes everything on, until it is told to pass nothing.
let library: TestDatabase;
let between: Server;
let sockets: Socket[] = [];
let isSilent = false;
let db: Database;

beforeEach(async () => {
  library = await openTestDatabase(inject("postgres"));
  const { hostname, port } = new URL(library.url);
  isSilent = false;
  sockets = [];
  between = createServer((socket) => {
    const server = connect(Number(port), hostname);
    sockets.push(socket, server);
    for (const [from, to] of [
      [socket, server],
      [server, socket],
    ] as const) {
      from.on("data", (bytes) => void (isSilent || to.write(bytes)));
      from.on("close", () => to.destroy());
      from.on("error", () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => between.listen(0, "127.0.0.1", resolve));
  const url = new URL(library.url);
  url.port = String((between.address() as { port: number }).port); // it listens on a port
  db = openDatabase(url.href, 0);
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await db.$disconnect();
  between.close();
  await library.remove();
});

const change = () =>
  db.$transaction(async (tx) => void (await tx.revision.update({ where: { id: 1 }, data: { number: 7 } })));

test("a server that falls silent is given up on, for pages and for changes, and used again once it answers", async () => {
  await change();
  isSilent = true;
  const errors = await Promise.all(
    [db.paper.count(), change()].map((one) => one.catch((error: unknown) => error)),
  );
  for (const error of errors) expect(databaseProblem(error)).toMatch(/^the database server /);
  isSilent = false;
  for (const socket of sockets) socket.destroy(); // as a restarted server does
  await expect.poll(() => db.paper.count().catch(() => null), { timeout: 20_000 }).toBe(0);
  await change();
});
