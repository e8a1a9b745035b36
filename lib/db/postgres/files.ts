import type { Files, Room } from "../files";
import { type Database, Prisma } from "../prisma";
import { rows } from "../rows";

type Row = { name: string; bytes: number; writtenAt: Date };

/** The files of a room, in the table File. `place`: the library's name. */
export function filesInTable(db: Database, library: string, room: Room): Files {
  return {
    place: `${library}/${room}`,

    async list(folder = "") {
      const inFolder = folder === "" ? Prisma.empty : Prisma.sql`AND starts_with(name, ${`${folder}/`})`;
      const found = await db.$queryRaw<Row[]>`
        SELECT name, octet_length(content) AS bytes, "writtenAt" FROM "File" WHERE room = ${room} ${inFolder}`;
      return found.map(({ name, bytes, writtenAt }) => ({ name, bytes, writtenAt: writtenAt.getTime() }));
    },

    async having(names) {
      const asked = rows(
        db,
        names.map((name) => ({ name })),
        { name: "text" },
      );
      const found = await db.$queryRaw<{ name: string }[]>`
        SELECT name FROM "File" WHERE room = ${room} AND name IN (SELECT asked.name FROM ${asked} AS asked)`;
      return new Set(found.map(({ name }) => name));
    },

    async read(name) {
      const [found] = await db.$queryRaw<{ content: Uint8Array }[]>`
        SELECT content FROM "File" WHERE room = ${room} AND name = ${name}`;
      return found ? Buffer.from(found.content) : null;
    },

    async write(name, content, writtenAt = Date.now()) {
      await db.$executeRaw`
        INSERT INTO "File" (room, name, content, "writtenAt") VALUES (${room}, ${name}, ${content}, ${new Date(writtenAt)})
        ON CONFLICT (room, name) DO UPDATE SET content = excluded.content, "writtenAt" = excluded."writtenAt"`;
    },

    async rename(name, to) {
      if (!(await this.having([name])).has(name))
        throw new Error(`${library}/${room}: there is no file ${name}`);
      if (name === to) return;
      await db.$transaction([
        db.$executeRaw`DELETE FROM "File" WHERE room = ${room} AND name = ${to}`,
        db.$executeRaw`UPDATE "File" SET name = ${to} WHERE room = ${room} AND name = ${name}`,
      ]);
    },

    async remove(name) {
      await db.$executeRaw`DELETE FROM "File" WHERE room = ${room} AND name = ${name}`;
    },
  };
}
