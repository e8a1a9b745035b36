import { createHash } from "node:crypto";

/** On every answer. With `no-referrer` a form's own POST would carry `Origin: null` and no Referer to come back to. */
export const securityHeaders = {
  "Content-Security-Policy": toPolicy("", []),
  "Referrer-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
};

/** How a policy names an inline script that may run. */
export function hashOf(script: string): string {
  return `'sha256-${createHash("sha256").update(script).digest("base64")}'`;
}

/**
 * The Content-Security-Policy of a document: of inline scripts only those of these hashes, whatever the document holds;
 * style attributes only where it has a formula, whose parts are placed by them.
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
