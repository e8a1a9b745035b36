import { ask } from "./ask";
import { showCounts } from "./counts";
import { setting, showSettings } from "./my-sheet";
import { storage } from "./tab-storage";

/** The buttons of each mark: the first sets it, the second takes it away. */
const pairs = { keep: ["keep", "drop"], seen: ["seen", "unseen"] } as const;
type Mark = keyof typeof pairs;

const addresses: Record<Mark, string> = { keep: "/api/v1/bookmarks", seen: "/api/v1/seen" };

export type Marks = {
  /** Sends a form, and shows what it did without leaving the page. */
  post: (action: string, fields: URLSearchParams) => Promise<boolean>;
  /** The paper is seen, since the reader moved on from it or opened it. */
  pass: (paper: HTMLElement) => void;
  /** Shows what other pages and programs did meanwhile. */
  look: () => Promise<unknown>;
  /** Until the server has all that was asked of it: what is undone is the last change that it knows. */
  settled: () => Promise<unknown>;
};

const missedKey = "broadsheet-missed";

/**
 * Makes the buttons of the page's marks answer at once, and keeps them right: after each change, when the page comes back
 * from the back-forward cache, and when its tab is looked at again. `show` takes what went wrong in words, and "" when it
 * is over: when a change succeeds, or the reader comes back and the server answers. `changedElsewhere` is called when the
 * reader comes back from having changed something on another page.
 */
export function watchMarks(show: (failure: string) => void, changedElsewhere: () => void): Marks {
  let failed = false;
  const say = (failure: string) => {
    if (failure !== "" || failed) show(failure);
    failed = failure !== "";
  };
  // What was last asked for, by mark and paper, until the server has it; one request at a time for each.
  const wanted = new Map<string, { mark: Mark; id: string; on: boolean; passing: boolean }>();
  const sending = new Set<string>();
  // Marks that were set since the sheet that is being loaded was asked for: it may not know of them.
  const newer = new Set<string>();
  // Papers that were passed while the server was away. What a reader asks for and fails is theirs to ask for again; of this
  // they know nothing, so it is sent when the server answers, also from the next page of this tab.
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
    showCounts();
    return track(send(key));
  };

  const submit = (event: SubmitEvent) => {
    const { submitter: button, target: form } = event;
    if (!(button instanceof HTMLButtonElement) || !(form instanceof HTMLFormElement)) return;
    const mark = (Object.keys(pairs) as Mark[]).find((one) => pairs[one].includes(button.name as never));
    if (mark) {
      event.preventDefault();
      // The button that was pressed is hidden now; its other half takes the focus, or it would fall to the page.
      const focused = document.activeElement === button;
      const on = button.name === pairs[mark][0];
      const other = on ? button.nextElementSibling : button.previousElementSibling;
      set(mark, button.value, on);
      if (focused && other instanceof HTMLElement) other.focus();
    } else if (/^\/(bookmarks|settings\/save)$/.test(form.action.slice(location.origin.length))) {
      if (button.name === "order") return; // a page of its own
      event.preventDefault();
      const fields = new URLSearchParams();
      for (const [name, value] of new FormData(form, button)) fields.append(name, String(value));
      post(form.action, fields).then((done) => done && "reload" in form.dataset && location.reload());
    }
  };

  const send = async (key: string) => {
    if (sending.has(key)) return;
    sending.add(key);
    const [mark, id] = key.split(" ") as [Mark, string]; // as `set` made it
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
    // Also where the sheet cannot be had.
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
  /** False where the server did not answer. */
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
    showCounts();
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
  // A choice of settings holds as soon as it is made.
  document.addEventListener("change", (event) => {
    const form = event.target instanceof HTMLInputElement ? event.target.form : null;
    if (form && "instant" in form.dataset) form.requestSubmit(form.querySelector("button"));
  });
  document.addEventListener("visibilitychange", visible);
  addEventListener("pageshow", shown);
  addEventListener("focus", comeBack); // of two windows side by side neither is ever hidden
  sendMissed();
  return {
    post,
    look,
    settled,
    pass: (paper) => {
      const button = paper.querySelector<HTMLButtonElement>("[name=seen]");
      if (button?.checkVisibility()) set("seen", button.value, true, true);
    },
  };
}

const gone = "That paper is no longer in your library. Reload the page.";
const notRemembered = "Could not reach the server. Papers you pass will be marked as seen when it is back.";

/** Returns what went wrong in words, "" where nothing did. */
async function askToChange(method: string, path: string, body?: URLSearchParams): Promise<string> {
  // keepalive: also when the reader goes on meanwhile. A form's answer leads to a page; it is not followed.
  const answer = await ask(path, {
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

/** What is wrong with the library, as the front says it to programs. */
async function readReason(answer: Response): Promise<string> {
  const text = await answer.text();
  return text.startsWith("{") ? JSON.parse(text).error : text.replace(/^Broadsheet: /, "");
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
