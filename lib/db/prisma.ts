import type { Prisma as Namespace, PrismaClient } from "./generated/sqlite/client";

// Each engine has a client of its own, but types and SQL always come from the one for SQLite: `Prisma.sql` is the same
// function in both, and the types for PostgreSQL only allow more.
export {
  type Author,
  type FormerId,
  type Listing,
  type Paper,
  Prisma,
  type Tag,
} from "./generated/sqlite/client";

export type Database = PrismaClient;
export type Transaction = Namespace.TransactionClient;
