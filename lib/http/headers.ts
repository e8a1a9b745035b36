const policy = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'", // Next writes its data as inline scripts
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];

/** On every answer. With `no-referrer` a form's own POST would carry `Origin: null` and no Referer to come back to. */
export const securityHeaders = {
  "Content-Security-Policy": policy.join("; "),
  "Referrer-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
};
