import { createHash } from "node:crypto";

/**
 * Sent with every answer. With `no-referrer`, a form's own POST would have `Origin: null` and no Referer to return to.
 */
export const securityHeaders = {
  "Content-Security-Policy": toPolicy("", []),
  "Referrer-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
};

/** The hash that names an allowed inline script in a policy. */
export function hashOf(script: string): string {
  return `'sha256-${createHash("sha256").update(script).digest("base64")}'`;
}

/**
 * The Content-Security-Policy of a document. Only inline scripts with these hashes may run, whatever the document
 * contains. Style attributes are allowed only if it has a formula, because KaTeX positions the parts with them.
 */
export function toPolicy(html: string, hashes: string[]): string {
  return [
    "default-src 'self'",
    ["script-src 'self'", ...hashes].join(" "),
    "style-src 'self'",
    ...(html.includes('<span class="katex">') ? ["style-src-attr 'unsafe-inline'"] : []),
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
