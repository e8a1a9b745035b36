import { ask } from "./ask";

const everyMs = 1000;

/** On the page of reads, while a refresh is going on: says how far it is, and shows what came when it is done. */
export function watchRefresh(): void {
  const said = document.querySelector("[data-refreshing] [data-said]");
  if (!said) return;
  const look = async () => {
    const state = await askForState();
    if (state && !state.running) return location.reload();
    if (state?.said) said.textContent = state.said;
    setTimeout(look, everyMs);
  };
  setTimeout(look, everyMs);
}

/** Null while the server does not answer: it is asked again. */
async function askForState(): Promise<{ running: boolean; said: string | null } | null> {
  const answer = await ask("/api/v1/refresh");
  return answer?.ok ? await answer.json() : null;
}
