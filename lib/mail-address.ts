// As browsers check <input type="email">: no quotes, comments or letters beyond ASCII, which many servers refuse.
const form =
  /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*$/i;

/** Whether this is a single mail address, without a name. */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && form.test(text);
}

/** `Papers <papers@example.org>` or an address alone. Null for anything else, such as two addresses. */
export function readSender(text: string): { name: string; address: string } | null {
  const [, name = "", address = text] = /^([^<>@,;:"\\\p{Cc}]*)<([^<>]+)>$/u.exec(text.trim()) ?? [];
  return isMailAddress(address.trim()) ? { name: name.trim(), address: address.trim() } : null;
}

/**
 * The mailbox behind an address, the same for all spellings that reach it: without case, without what follows a "+", and
 * without the dots that Gmail ignores.
 */
export function mailboxOf(address: string): string {
  const [local = "", domain = ""] = address.toLowerCase().split("@");
  const [box = ""] = local.split("+");
  const host = domain === "googlemail.com" ? "gmail.com" : domain;
  return `${host === "gmail.com" ? box.replaceAll(".", "") : box}@${host}`;
}
