import { request } from "./request";

/** The message if a paper has been deleted meanwhile. */
export const paperIsGone = "That paper is no longer in your library. Reload the page.";

/** Sends a change. Returns an error message, or "" if it succeeded. */
export async function sendChange(method: string, path: string, body?: URLSearchParams): Promise<string> {
  // keepalive: the request continues if the reader leaves the page. A form is answered with a redirect, which is not
  // followed.
  const answer = await request(path, {
    method,
    keepalive: true,
    redirect: "manual",
    ...(body ? { body } : {}),
  });
  if (!answer) return "Not saved: could not reach the server. Try again when it is back.";
  if (answer.ok || answer.type === "opaqueredirect") return "";
  if (answer.status === 404) return paperIsGone;
  const reason = answer.status === 503 ? await readReason(answer) : "";
  if (reason) return `Not saved. ${reason}`;
  return `Not saved: the server answered ${answer.status}. Try again in a moment.`;
}

/** The front's explanation of what is wrong with the library. */
async function readReason(answer: Response): Promise<string> {
  const text = await answer.text();
  return text.startsWith("{") ? JSON.parse(text).error : text.replace(/^Broadsheet: /, "");
}
