import { dropLogins, hideSecrets } from "../printable";
import type { Note } from "./listing";
import { excerptOf } from "./reasons";

/** A paper's address as it can be published: without a login, and null where a token stands in it. */
export function publicAddress(address: string): string | null {
  const bare = dropLogins(address.trim());
  return bare === "" || hideSecrets(bare) !== bare ? null : bare;
}

/** What to say of the addresses of a paper that cannot be published. */
export function addressNotes(addresses: Record<"code" | "projectPage", string | null | undefined>): Note[] {
  return Object.entries(addresses).flatMap(([field, address]) =>
    address?.trim() && publicAddress(address) === null
      ? { field, expected: "an address without a token", excerpt: excerptOf(hideSecrets(address)) }
      : [],
  );
}
