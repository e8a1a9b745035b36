import { request } from "./request";

const pollEveryMs = 1000;

/** On the sources page, while a refresh is running: shows its progress, and reloads the page when it is done. */
export function watchRefresh(): void {
  const status = document.querySelector("[data-refreshing] [data-message]");
  if (!status) return;
  const poll = async () => {
    const state = await fetchState();
    if (state && !state.running) return location.reload();
    if (state?.message) status.textContent = state.message;
    setTimeout(poll, pollEveryMs);
  };
  setTimeout(poll, pollEveryMs);
}

/** Null if the server does not answer; the caller asks again. */
async function fetchState(): Promise<{ running: boolean; message: string | null } | null> {
  const answer = await request("/api/v1/refresh");
  return answer?.ok ? await answer.json() : null;
}
