import { z } from "zod";
import { toArxivId } from "@/lib/arxiv-id";
import { database } from "@/lib/db/open-database";
import { readEnv } from "@/lib/env";
import { goTo, readForm, sayPlainly } from "@/lib/http/form";
import { writing } from "@/lib/http/unavailable";
import { fetchPaper } from "@/lib/imports/fetch-paper";
import { openNetwork } from "@/lib/net/fetch";
import { openHostTurns } from "@/lib/net/host-turns";
import { paperPath } from "@/lib/papers/links";

const formSchema = z.object({ paper: z.string().transform((text) => toArxivId(text)) });
const withinMs = 20_000;
// Of each of the two that are asked: one that hangs leaves time for the other.
const eachMs = 9000;

/** What the button of a paper that is not here posts: `paper=ID`. Answers 303 to its page, which says why where it did not come. */
export const POST = writing(async (request: Request) => {
  const arxivId = formSchema.safeParse(await readForm(request)).data?.paper;
  if (!arxivId) return sayPlainly(400, "expected a form with paper=ARXIV-ID.");
  const { hubUrl, arxivApiUrl, bodies } = readEnv();
  const network = openNetwork({
    timeoutMs: eachMs,
    signal: AbortSignal.timeout(withinMs),
    trusted: [hubUrl, arxivApiUrl],
    turns: openHostTurns(database()),
  });
  try {
    await fetchPaper(database(), { network, hub: hubUrl, arxivApi: arxivApiUrl, bodies }, arxivId);
    return goTo(paperPath(arxivId));
  } finally {
    await network.close();
  }
});
