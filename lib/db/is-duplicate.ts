import { Prisma } from "./prisma";

/** Whether a row was not written because another has the same key. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}
