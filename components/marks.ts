/**
 * Makes the keep buttons of the page answer at once, and keeps them right: after each change, when the page comes back
 * from the back-forward cache, and when its tab is looked at again. `say` takes what went wrong in words, and "" when it
 * is over.
 */
export function watchMarks(say: (failure: string) => void): void {
  // What was last asked for, by paper, until the server has it; one request at a time a paper.
  const wanted = new Map<string, boolean>();
  const sending = new Set<string>();
  // Papers that were marked since the sheet that is being loaded was asked for: it may not know of them.
  const newer = new Set<string>();

  const submit = (event: SubmitEvent) => {
    const button = event.submitter;
    if (!(button instanceof HTMLButtonElement) || (button.name !== "keep" && button.name !== "drop")) return;
    event.preventDefault();
    const id = button.value;
    wanted.set(id, button.name === "keep");
    newer.add(id);
    const paper = document.getElementById(`p-${id}`);
    if (paper) paper.dataset.mark = button.name;
    // The button that was pressed is hidden now; its other half takes the focus, or it would fall to the page.
    const other = button.name === "keep" ? button.nextElementSibling : button.previousElementSibling;
    if (other instanceof HTMLElement) other.focus();
    send(id);
  };

  const send = async (id: string) => {
    if (sending.has(id)) return;
    sending.add(id);
    let failure = "";
    for (let keep = wanted.get(id); keep !== undefined && failure === ""; keep = wanted.get(id)) {
      failure = await setBookmark(id, keep);
      if (wanted.get(id) === keep) wanted.delete(id);
    }
    sending.delete(id);
    if (failure !== "") {
      wanted.delete(id);
      delete document.getElementById(`p-${id}`)?.dataset.mark;
    }
    say(failure);
    await look();
  };

  let looking = false;
  let again = false;
  const look = async () => {
    again = true;
    if (looking) return;
    looking = true;
    while (again) {
      again = false;
      newer.clear();
      if (!(await reloadSheet())) break;
      for (const paper of document.querySelectorAll<HTMLElement>("[data-mark]")) {
        const id = paper.id.slice("p-".length);
        if (!wanted.has(id) && !newer.has(id)) delete paper.dataset.mark;
      }
    }
    looking = false;
  };

  const shown = (event: PageTransitionEvent) => event.persisted && look();
  const visible = () => document.visibilityState === "visible" && look();
  document.addEventListener("submit", submit);
  document.addEventListener("visibilitychange", visible);
  addEventListener("pageshow", shown);
  addEventListener("focus", look); // of two windows side by side neither is ever hidden
}

/** Returns what went wrong in words, "" where nothing did. */
async function setBookmark(id: string, keep: boolean): Promise<string> {
  const path = `/api/v1/bookmarks/${id.split("/").map(encodeURIComponent).join("/")}`;
  try {
    // keepalive: also when the reader goes on meanwhile.
    const answer = await fetch(path, { method: keep ? "PUT" : "DELETE", keepalive: true });
    if (answer.ok) return "";
    return answer.status === 404
      ? "That paper is no longer in the library; reload the page to see what is."
      : `That mark was not saved: the server answered ${answer.status}. Try again in a moment.`;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // a TypeError is fetch's way to say that nobody answered
    return "That mark was not saved: the server does not answer. Try again when it is back.";
  }
}

/** Puts a fresh copy of the reader's style sheet in the place of the old; false where it could not be had. */
function reloadSheet(): Promise<boolean> {
  const old = document.querySelector('link[rel="stylesheet"][href^="/me.css"]');
  if (!old) return Promise.resolve(false);
  const fresh = old.cloneNode() as HTMLLinkElement; // a clone is of the same kind
  return new Promise((resolve) => {
    fresh.onload = () => {
      old.remove();
      resolve(true);
    };
    fresh.onerror = () => {
      fresh.remove();
      resolve(false);
    };
    old.after(fresh);
  });
}
