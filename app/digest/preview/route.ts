import { findNextDigest } from "@/lib/digest/find-next";
import { previewState, toPreview } from "@/lib/digest/preview-state";
import { toMail } from "@/lib/digest/to-mail";
import { plainAnswer } from "@/lib/http/form";
import { siteAddress } from "@/lib/http/site-address";
import { currentReader } from "@/lib/readers/current-reader";

// A mail has its styles in itself, and nothing else.
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/** The next digest's HTML as mail programs get it, for the frame of the page. */
export async function GET(request: Request): Promise<Response> {
  const { q, rhythm, view } = previewState.parse(new URL(request.url).searchParams).state;
  const digest = await findNextDigest(q, rhythm, currentReader());
  if (!digest) return plainAnswer(404, "There are no papers for this digest.");
  const site = siteAddress(request.headers.get("host"));
  const back = `${site}/digest`;
  const { html } = await toMail(digest, { site, manage: back, leave: back });
  return new Response(toPreview(html, view), {
    headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy },
  });
}
