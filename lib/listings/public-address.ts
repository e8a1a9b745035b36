import { dropLogins, hideSecrets } from "../printable";
import type { Note } from "./listing";
import { excerptOf } from "./reasons";

/** An address of a paper without a login, or null if it contains a token, so that it can be published. */
export function publicAddress(address: string): string | null {
  const bare = dropLogins(address.trim());
  return bare === "" || hideSecrets(bare) !== bare ? null : bare;
}

/** Notes on addresses of a paper that cannot be published. */
export function addressNotes(addresses: Record<"code" | "projectPage", string | null | undefined>): Note[] {
  return Object.entries(addresses).flatMap(([field, address]) =>
    address?.trim() && publicAddress(address) === null
      ? { field, expected: "an address without a token", excerpt: excerptOf(hideSecrets(address)) }
      : [],
  );
}
