import { z } from "zod";
import { toArxivId } from "@/lib/arxiv-id";
import { database } from "@/lib/db/client";
import { readEnv } from "@/lib/env";
import { plainAnswer, readForm, redirectTo } from "@/lib/http/form";
import { writeRoute } from "@/lib/http/unavailable";
import { fetchPaper } from "@/lib/imports/fetch-paper";
import { openNetwork } from "@/lib/net/fetch";
import { openHostTurns } from "@/lib/net/host-turns";
import { matchWatches } from "@/lib/readers/watch-matches";
import { paperPath } from "@/lib/words/paper-path";

const formSchema = z.object({ paper: z.string().transform((text) => toArxivId(text)) });
const withinMs = 20_000;
// For each of the two sources: if one hangs, there is time for the other.
const eachMs = 9000;

/** Target of the "Fetch paper" button: `paper=ID`. Redirects to the paper's page, which explains a failure. */
export const POST = writeRoute(async (request: Request) => {
  const arxivId = formSchema.safeParse(await readForm(request)).data?.paper;
  if (!arxivId) return plainAnswer(400, "expected a form with paper=ARXIV-ID.");
  const { hubUrl, arxivApiUrl } = readEnv();
  const network = openNetwork({
    timeoutMs: eachMs,
    signal: AbortSignal.timeout(withinMs),
    trusted: [hubUrl, arxivApiUrl],
    turns: openHostTurns(database()),
  });
  try {
    await fetchPaper(database(), { network, hub: hubUrl, arxivApi: arxivApiUrl }, arxivId);
    await matchWatches();
    return redirectTo(paperPath(arxivId));
  } finally {
    await network.close();
  }
});
