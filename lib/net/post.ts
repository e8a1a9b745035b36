import { request } from "undici";
import { headerOf } from "./answer-body";
import { FetchError, failureOf, RefusedAddressError } from "./fetch-error";
import { openGuard } from "./guard";
import { makeUserAgent } from "./user-agent";

export type Posted = { status: number; statusText: string; location: string | null };

type Post = { url: string; headers: Record<string, string>; body: string };
type Options = {
  /** Whether the address may be on a private network. */
  mayBePrivate: boolean;
  timeoutMs?: number;
};

/**
 * Posts a text once, and returns how the server answered, whatever that is. Redirects are not followed. Throws a
 * FetchError of one line if there is no answer.
 */
export async function postOnce({ url, headers, body }: Post, options: Options): Promise<Posted> {
  const { mayBePrivate, timeoutMs = 15_000 } = options;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new RefusedAddressError(`expected an http or https address, got "${url.slice(0, 200)}"`);
  const { agent, check } = openGuard(() => mayBePrivate);
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    check(url);
    const all = { ...headers, "user-agent": makeUserAgent() };
    const answer = await request(url, {
      method: "POST",
      headers: all,
      body,
      dispatcher: agent,
      signal: limit,
    });
    await answer.body.dump({ limit: 10_000, signal: limit });
    const { statusCode: status, statusText } = answer;
    return { status, statusText, location: headerOf(answer, "location") };
  } catch (error) {
    if (error instanceof FetchError) throw error;
    if (limit.aborted)
      throw new FetchError(`expected an answer within ${timeoutMs / 1000} s, got none`, null);
    throw failureOf(error, new URL(url).hostname);
  } finally {
    await agent.destroy();
  }
}
