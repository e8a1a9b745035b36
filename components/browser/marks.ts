import { updateCounts } from "./counts";
import { setting, showSettings } from "./reader-sheet";
import { request } from "./request";
import { storage } from "./tab-storage";

/** The buttons of each mark: the first sets it, the second removes it. */
const pairs = { keep: ["keep", "drop"], seen: ["seen", "unseen"] } as const;
type Mark = keyof typeof pairs;

const addresses: Record<Mark, string> = { keep: "/api/v1/bookmarks", seen: "/api/v1/seen" };

export type Marks = {
  /** Submits a form in the background and shows the result. */
  post: (action: string, fields: URLSearchParams) => Promise<boolean>;
  /** Marks a paper as seen because the reader moved on from it or opened it. */
  markPassed: (paper: HTMLElement) => void;
  /** Shows what other pages and programs have changed. */
  look: () => Promise<unknown>;
  /** Resolves when the server has every change, so that undo affects the latest one. */
  settled: () => Promise<unknown>;
};

const missedKey = "broadsheet-missed";

/**
 * Makes the mark buttons respond at once and keeps them current: after each change, when the page returns from the
 * back-forward cache, and when its tab becomes visible. `show` receives an error message, or "" once it no longer
 * applies: a change succeeded, or the reader came back and the server answers. `changedElsewhere` is called when the
 * reader comes back after changing something on another page.
 */
export function watchMarks(show: (failure: string) => void, changedElsewhere: () => void): Marks {
  let failed = false;
  const say = (failure: string) => {
    if (failure !== "" || failed) show(failure);
    failed = failure !== "";
  };
  // The latest requested state of each mark and paper until the server has it. One request at a time for each.
  const wanted = new Map<string, { mark: Mark; id: string; on: boolean; passing: boolean }>();
  const sending = new Set<string>();
  // Marks set after the loading style sheet was requested: it may not include them.
  const newer = new Set<string>();
  // Papers passed while the server was away. The reader can repeat a click that failed, but does not know about these,
  // so they are sent when the server answers, even from the next page of this tab.
  const missed = new Set<string>(JSON.parse(storage()?.getItem(missedKey) ?? "[]"));
  const remember = () => storage()?.setItem(missedKey, JSON.stringify([...missed]));

  const pending = new Set<Promise<unknown>>();
  const track = <Result>(asking: Promise<Result>) => {
    pending.add(asking);
    asking.finally(() => pending.delete(asking));
    return asking;
  };
  const settled = () => Promise.all(pending);

  const set = (mark: Mark, id: string, on: boolean, passing = false) => {
    const key = `${mark} ${id}`;
    wanted.set(key, { mark, id, on, passing });
    newer.add(key);
    const paper = document.getElementById(`p-${id}`);
    if (paper) paper.dataset[mark] = on ? "on" : "off";
    updateCounts();
    return track(send(key));
  };

  const submit = (event: SubmitEvent) => {
    const { submitter: button, target: form } = event;
    if (!(button instanceof HTMLButtonElement) || !(form instanceof HTMLFormElement)) return;
    const mark = (Object.keys(pairs) as Mark[]).find((one) => pairs[one].includes(button.name as never));
    if (mark) {
      event.preventDefault();
      // The pressed button is hidden now. Move the focus to its counterpart, or the browser would lose it.
      const focused = document.activeElement === button;
      const on = button.name === pairs[mark][0];
      const other = on ? button.nextElementSibling : button.previousElementSibling;
      set(mark, button.value, on);
      if (focused && other instanceof HTMLElement) other.focus();
    } else if (/^\/(bookmarks|settings\/save)$/.test(form.action.slice(location.origin.length))) {
      if (button.name === "order") return; // an order is a page of its own, so let the browser go there
      event.preventDefault();
      const fields = new URLSearchParams();
      for (const [name, value] of new FormData(form, button)) fields.append(name, String(value));
      post(form.action, fields).then((done) => done && "reload" in form.dataset && location.reload());
    }
  };

  const send = async (key: string) => {
    if (sending.has(key)) return;
    sending.add(key);
    const [mark, id] = key.split(" ") as [Mark, string]; // keys are made in `set`
    let failure = "";
    for (let asked = wanted.get(key); asked; asked = wanted.get(key)) {
      const path = `${addresses[mark]}/${id.split("/").map(encodeURIComponent).join("/")}`;
      failure = await askToChange(asked.on ? "PUT" : "DELETE", asked.passing ? `${path}?passing` : path);
      const isMissed = failure !== "" && failure !== gone && asked.passing;
      if (isMissed) failure = notRemembered;
      if (mark === "seen") {
        missed[isMissed ? "add" : "delete"](id);
        remember();
      }
      if (failure !== "" || wanted.get(key) === asked) wanted.delete(key);
    }
    sending.delete(key);
    // Show the saved state again, even if the style sheet cannot be loaded.
    if (failure !== "" && failure !== notRemembered) delete document.getElementById(`p-${id}`)?.dataset[mark];
    say(failure);
    if (failure === "") sendMissed();
    await look();
  };
  const sendMissed = () => {
    for (const id of missed) if (!sending.has(`seen ${id}`)) set("seen", id, true, true);
  };

  const post = (action: string, fields: URLSearchParams) => track(submitted(action, fields));
  let posting = 0;
  const submitted = async (action: string, fields: URLSearchParams) => {
    posting++;
    const failure = await askToChange("POST", action, fields);
    posting--;
    say(failure);
    await look();
    return failure === "";
  };

  let again = false;
  let looking: Promise<boolean> | null = null;
  /** False if the server did not answer. */
  const look = (): Promise<boolean> => {
    again = true;
    looking ??= lookUntilLatest();
    return looking;
  };
  const lookUntilLatest = async () => {
    let answered = false;
    while (again) {
      again = false;
      newer.clear();
      answered = await reloadSheet();
      if (!answered) break;
      for (const mark of Object.keys(pairs) as Mark[]) {
        for (const paper of document.querySelectorAll<HTMLElement>(`article[data-${mark}]`)) {
          const id = paper.id.slice("p-".length);
          const key = `${mark} ${id}`;
          const isMissed = mark === "seen" && missed.has(id);
          if (!wanted.has(key) && !newer.has(key) && !isMissed) delete paper.dataset[mark];
        }
      }
    }
    updateCounts();
    if (posting === 0) showSettings();
    looking = null;
    return answered;
  };

  const comeBack = async () => {
    await settled();
    const change = setting("change");
    if (!(await look())) return;
    if (failed) say("");
    sendMissed();
    if (setting("change") !== change) changedElsewhere();
  };
  const shown = (event: PageTransitionEvent) => event.persisted && comeBack();
  const visible = () => document.visibilityState === "visible" && comeBack();
  document.addEventListener("submit", submit);
  // A setting applies as soon as it is chosen.
  document.addEventListener("change", (event) => {
    const form = event.target instanceof HTMLInputElement ? event.target.form : null;
    if (form && "instant" in form.dataset) form.requestSubmit(form.querySelector("button"));
  });
  document.addEventListener("visibilitychange", visible);
  addEventListener("pageshow", shown);
  addEventListener("focus", comeBack); // two windows side by side are both visible, so visibilitychange does not fire
  sendMissed();
  return {
    post,
    look,
    settled,
    markPassed: (paper) => {
      const button = paper.querySelector<HTMLButtonElement>("[name=seen]");
      if (button?.checkVisibility()) set("seen", button.value, true, true);
    },
  };
}

const gone = "That paper is no longer in your library. Reload the page.";
const notRemembered = "Could not reach the server. Papers you pass will be marked as seen when it is back.";

/** Sends a change. Returns an error message, or "" if it succeeded. */
async function askToChange(method: string, path: string, body?: URLSearchParams): Promise<string> {
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
  if (answer.status === 404) return gone;
  const reason = answer.status === 503 ? await readReason(answer) : "";
  if (reason) return `Not saved. ${reason}`;
  return `Not saved: the server answered ${answer.status}. Try again in a moment.`;
}

/** The front's explanation of what is wrong with the library. */
async function readReason(answer: Response): Promise<string> {
  const text = await answer.text();
  return text.startsWith("{") ? JSON.parse(text).error : text.replace(/^Broadsheet: /, "");
}

/** Replaces the reader's style sheet with a fresh copy. False if it could not be loaded. */
function reloadSheet(): Promise<boolean> {
  const old = document.querySelector('link[rel="stylesheet"][href^="/me.css"]');
  if (!old) return Promise.resolve(false);
  const fresh = old.cloneNode() as HTMLLinkElement; // a clone has the same type
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
