// Characters that a terminal or log would act on: control characters except tab and line feed, and those that change
// the direction of text.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern is meant to match them
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * A text that is safe to print or log: control and escape characters are made visible, and passwords and tokens in
 * addresses are hidden.
 */
export function printable(text: string): string {
  return escapeControls(hideSecrets(text));
}

/** The same for JSON, without changing its meaning. */
export function escapeControls(text: string): string {
  return text.replace(unsafe, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

const login = /(\bhttps?:\/{1,2})[^\s/?#@"'<>]{1,300}@/gi;
const token =
  /([?&;#](?:[\w-]{0,30}[_-])?(?:access_?key|api_?key|auth|code|jwt|key|passw(?:or)?d|secret|session|sid|sig|signature|token)=)[^\s&#"'<>;]*[^\s&#"'<>;:]/gi;

const hubToken = /\b(hf_)[A-Za-z0-9]{8,}/g;

// The address of a subscription is its only key (lib/digest).
const subscription = /(\/(?:un)?subscribe\/)[\w-]{32}/g;

/** A text with the names and passwords removed from its addresses: `https://host/list`. */
export function dropLogins(text: string): string {
  return text.replace(login, "$1");
}

/** A text with the passwords and tokens of its addresses hidden: `https://…@host/list?token=…`. */
export function hideSecrets(text: string): string {
  return text
    .replace(login, "$1…@")
    .replace(token, "$1…")
    .replace(hubToken, "$1…")
    .replace(subscription, "$1…");
}
