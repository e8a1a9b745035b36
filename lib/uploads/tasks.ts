import { type Day, toDay } from "../days";
import { database } from "../db/client";
import { readEnv } from "../env";
import { fetchPapers } from "../imports/fetch-papers";
import { openNetwork } from "../net/fetch";
import { openHostTurns } from "../net/host-turns";
import { findUpload } from "../readers/uploads";
import { matchWatches } from "../readers/watch-matches";
import { type Added, addUpload } from "./add";
import { maxFetched } from "./limits";
import { type Preview, previewUpload } from "./preview";
import type { Unreadable } from "./read-upload";

/** What is done with an upload on a thread of its own. */
export type Task = { reader: string; token: string; pageDate: Day | null } & (
  | { does: "preview" }
  | { does: "add"; bookmark: boolean }
);

/** Null if the upload is gone. */
export type Outcome<Done extends Task> = (Done extends { does: "add" } ? Added : Preview) | Unreadable | null;

// Long enough for `maxFetched`.
const fetchWithinMs = 20_000;
const eachMs = 9000;

/** Does what a task says. */
export async function runTask(task: Task): Promise<Outcome<Task>> {
  const { reader, token, pageDate } = task;
  const upload = await findUpload(reader, token);
  if (!upload) return null;
  const today = toDay(new Date());
  if (task.does === "preview") return previewUpload(database(), upload, today, pageDate);
  const { bookmark } = task;
  const added = await addUpload(database(), reader, upload, {
    ...{ today, pageDate, bookmark },
    fetchPapers: fetchFromArxiv,
  });
  await matchWatches();
  return added;
}

async function fetchFromArxiv(ids: string[]): Promise<void> {
  const { arxivApiUrl } = readEnv();
  const network = openNetwork({
    timeoutMs: eachMs,
    signal: AbortSignal.timeout(fetchWithinMs),
    trusted: [arxivApiUrl],
    turns: openHostTurns(database()),
  });
  try {
    const arxivIds = ids.filter((id) => !id.startsWith("t-")).slice(0, maxFetched);
    await fetchPapers(database(), { network, arxivApi: arxivApiUrl }, arxivIds);
  } finally {
    await network.close();
  }
}
