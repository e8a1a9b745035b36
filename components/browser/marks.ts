import { updateCounts } from "./counts";
import { type Mark, type MarkChange, openMarkQueue, willBeSent } from "./mark-queue";
import { reloadSheet, setting, showSettings } from "./reader-sheet";
import { paperIsGone, sendChange } from "./send-change";
import { storage } from "./tab-storage";

/** The buttons of each mark: the first sets it, the second removes it. */
const buttonNames: Record<Mark, [on: string, off: string]> = {
  keep: ["keep", "drop"],
  seen: ["seen", "unseen"],
};
const marks = Object.keys(buttonNames) as Mark[];

const addresses: Record<Mark, string> = { keep: "/api/v1/bookmarks", seen: "/api/v1/seen" };

export type Marks = {
  /** Submits a form in the background and shows the result. */
  post: (action: string, fields: URLSearchParams) => Promise<boolean>;
  /** Marks a paper as seen because the reader moved on from it or opened it. */
  markSeenInPassing: (paper: HTMLElement) => void;
  /** Shows what other pages and programs have changed. False if the server did not answer. */
  refresh: () => Promise<boolean>;
  /** Resolves when the server has every change, so that undo affects the latest one. */
  settled: () => Promise<unknown>;
};

/**
 * Makes the mark buttons respond at once and keeps them current: after each change, when the page returns from the
 * back-forward cache, and when its tab becomes visible. `show` receives an error message, or "" once it no longer
 * applies: a change succeeded, or the reader came back and the server answers. `changedElsewhere` is called when the
 * reader comes back after changing something on another page.
 */
export function watchMarks(show: (failure: string) => void, changedElsewhere: () => void): Marks {
  let failed = false;
  const report = (failure: string) => {
    if (failure !== "" || failed) show(failure);
    failed = failure !== "";
  };
  const pending = new Set<Promise<unknown>>();
  const track = <Result>(change: Promise<Result>) => {
    pending.add(change);
    change.finally(() => pending.delete(change));
    return change;
  };
  const settled = () => Promise.all(pending);

  const queue = openMarkQueue({
    send: ({ mark, id, on, automatic }) => {
      const path = `${addresses[mark]}/${id.split("/").map(encodeURIComponent).join("/")}`;
      return sendChange(on ? "PUT" : "DELETE", automatic ? `${path}?passing` : path);
    },
    isFinal: (failure) => failure === paperIsGone,
    onResult: async ({ mark, id }, failure) => {
      // Show the saved state again, even if the style sheet cannot be loaded.
      if (failure !== "" && failure !== willBeSent) delete findPaper(id)?.dataset[mark];
      report(failure);
      if (failure === "") sendMissed();
      await refresh();
    },
    storage: storage(),
  });
  // Papers whose marks were set after the style sheet was requested, so that it may not include them.
  const changedSince = new Set<HTMLElement>();
  const set = (change: MarkChange) => {
    const paper = findPaper(change.id);
    if (paper) {
      changedSince.add(paper);
      paper.dataset[change.mark] = change.on ? "on" : "off";
    }
    updateCounts();
    track(queue.add(change));
  };
  const sendMissed = () => {
    for (const id of queue.missed()) set({ mark: "seen", id, on: true, automatic: true });
  };

  let formsInProgress = 0;
  const submitInBackground = async (action: string, fields: URLSearchParams) => {
    formsInProgress++;
    const failure = await sendChange("POST", action, fields);
    formsInProgress--;
    report(failure);
    await refresh();
    return failure === "";
  };
  const post = (action: string, fields: URLSearchParams) => track(submitInBackground(action, fields));

  let refreshRequested = false;
  let refreshing: Promise<boolean> | null = null;
  const refresh = (): Promise<boolean> => {
    refreshRequested = true;
    refreshing ??= refreshUntilLatest();
    return refreshing;
  };
  const refreshUntilLatest = async () => {
    let answered = false;
    while (refreshRequested) {
      refreshRequested = false;
      changedSince.clear();
      answered = await reloadSheet();
      if (!answered) break;
      // The style sheet now includes the marks in these attributes.
      for (const mark of marks) {
        for (const paper of document.querySelectorAll<HTMLElement>(`article[data-${mark}]`))
          if (!changedSince.has(paper) && !queue.isPending(mark, toId(paper))) delete paper.dataset[mark];
      }
    }
    updateCounts();
    if (formsInProgress === 0) showSettings();
    refreshing = null;
    return answered;
  };

  const comeBack = async () => {
    await settled();
    const change = setting("change");
    if (!(await refresh())) return;
    if (failed) report("");
    sendMissed();
    if (setting("change") !== change) changedElsewhere();
  };
  document.addEventListener("submit", (event) => handleSubmit(event, set, post));
  // A setting applies as soon as it is chosen.
  document.addEventListener("change", (event) => {
    const form = event.target instanceof HTMLInputElement ? event.target.form : null;
    if (form && "instant" in form.dataset) form.requestSubmit();
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && comeBack());
  addEventListener("pageshow", ({ persisted }) => persisted && comeBack());
  addEventListener("focus", comeBack); // two windows side by side are both visible, so visibilitychange does not fire
  sendMissed();
  return {
    post,
    refresh,
    settled,
    markSeenInPassing: (paper) => {
      const button = paper.querySelector<HTMLButtonElement>("[name=seen]");
      if (button?.checkVisibility()) set({ mark: "seen", id: button.value, on: true, automatic: true });
    },
  };
}

function handleSubmit(event: SubmitEvent, set: (change: MarkChange) => void, post: Marks["post"]): void {
  const { submitter, target: form } = event;
  if (!(form instanceof HTMLFormElement)) return;
  const button = submitter instanceof HTMLButtonElement ? submitter : null; // a setting has none
  const mark = marks.find((one) => button && buttonNames[one].includes(button.name));
  if (button && mark) {
    event.preventDefault();
    // The pressed button is hidden now. Move the focus to its counterpart, or the browser would lose it.
    const focused = document.activeElement === button;
    const on = button.name === buttonNames[mark][0];
    const other = on ? button.nextElementSibling : button.previousElementSibling;
    set({ mark, id: button.value, on, automatic: false });
    if (focused && other instanceof HTMLElement) other.focus();
  } else if (/^\/(bookmarks|settings\/save)$/.test(form.action.slice(location.origin.length))) {
    if (button?.name === "order") return; // an order is a page of its own, so let the browser go there
    event.preventDefault();
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form, button)) fields.append(name, String(value));
    post(form.action, fields).then((done) => done && "reload" in form.dataset && location.reload());
  }
}

const findPaper = (id: string) => document.getElementById(`p-${id}`);
const toId = (paper: HTMLElement) => paper.id.slice("p-".length);
