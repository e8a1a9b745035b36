// What a terminal or a log would act on instead of showing it: controls but tab and line feed, and what turns the
// direction of the text that follows.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const acting = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * A text as it can be shown on a terminal or written to a log: control and escape characters are seen, not obeyed, and no
 * address tells its password or token.
 */
export function printable(text: string): string {
  return escapeControls(hideSecrets(text));
}

/** The same of JSON, which means what it meant. */
export function escapeControls(text: string): string {
  return text.replace(acting, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

const login = /(\bhttps?:\/{1,2})[^\s/?#@"'<>]{1,300}@/gi;
const token =
  /([?&;#](?:[\w-]{0,30}[_-])?(?:access_?key|api_?key|auth|code|jwt|key|passw(?:or)?d|secret|session|sid|sig|signature|token)=)[^\s&#"'<>;]+/gi;

const ofTheHub = /\b(hf_)[A-Za-z0-9]{8,}/g;

/** A text whose addresses are what they are without a name and a password: `https://host/list`. */
export function dropLogins(text: string): string {
  return text.replace(login, "$1");
}

/** A text without the passwords and tokens of the addresses in it: `https://…@host/list?token=…`. */
export function hideSecrets(text: string): string {
  return text.replace(login, "$1…@").replace(token, "$1…").replace(ofTheHub, "$1…");
}
