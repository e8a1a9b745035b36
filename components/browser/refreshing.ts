import { ask } from "./ask";

const everyMs = 1000;

/** On the sources page, while a refresh is running: shows its progress, and reloads the page when it is done. */
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

/** Null if the server does not answer; the caller asks again. */
async function askForState(): Promise<{ running: boolean; said: string | null } | null> {
  const answer = await ask("/api/v1/refresh");
  return answer?.ok ? await answer.json() : null;
}
