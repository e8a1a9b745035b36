import { expect, test } from "vitest";
import { type MarkChange, openMarkQueue, willBeSent } from "@/components/browser/mark-queue";

const unreachable = "could not reach the server";
const gone = "gone";

/** A tab with its storage. */
function openTab() {
  const stored = new Map<string, string>();
  return {
    storage: {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
    },
  };
}

/** A queue whose server answers when the test says so. */
function openQueue(tab = openTab()) {
  const sent: MarkChange[] = [];
  const answers: ((failure: string) => void)[] = [];
  const results: [id: string, on: boolean, failure: string][] = [];
  const queue = openMarkQueue({
    send: (change) => {
      sent.push(change);
      return new Promise((resolve) => answers.push(resolve));
    },
    isFinal: (failure) => failure === gone,
    onResult: async ({ id, on }, failure) => void results.push([id, on, failure]),
    storage: tab.storage,
  });
  /** Answers the oldest open request. */
  const answer = async (failure = "") => {
    answers.shift()?.(failure);
    await new Promise(setImmediate);
  };
  return { queue, sent, results, answer };
}

const bookmark = (on: boolean, id = "a"): MarkChange => ({ mark: "keep", id, on, automatic: false });
const passed = (id: string): MarkChange => ({ mark: "seen", id, on: true, automatic: true });

test("only the latest of several clicks is sent after the first", async () => {
  const { queue, sent, results, answer } = openQueue();
  const first = queue.add(bookmark(true));
  queue.add(bookmark(false));
  queue.add(bookmark(true));
  const last = queue.add(bookmark(false));
  expect(sent.map(({ on }) => on)).toEqual([true]);
  await answer();
  expect(sent.map(({ on }) => on)).toEqual([true, false]);
  expect(queue.isPending("keep", "a")).toBe(true);
  await answer();
  await Promise.all([first, last]);
  expect(results).toEqual([["a", false, ""]]);
  expect(queue.isPending("keep", "a")).toBe(false);
});

test("marks of different papers, and the two marks of one paper, do not wait for each other", () => {
  const { queue, sent } = openQueue();
  queue.add(bookmark(true, "a"));
  queue.add(bookmark(true, "b"));
  queue.add({ mark: "seen", id: "a", on: true, automatic: false });
  expect(sent).toHaveLength(3);
});

test("a click that failed is dropped with its message, and a later click is sent", async () => {
  const { queue, sent, results, answer } = openQueue();
  queue.add(bookmark(true));
  await answer(unreachable);
  expect(results).toEqual([["a", true, unreachable]]);
  expect([queue.isPending("keep", "a"), queue.missed()]).toEqual([false, []]);
  queue.add(bookmark(true));
  await answer();
  expect(sent).toHaveLength(2);
  expect(results.at(-1)).toEqual(["a", true, ""]);
});

test("an automatic mark that failed is remembered for the tab's next page, until the server has it", async () => {
  const tab = openTab();
  const before = openQueue(tab);
  before.queue.add(passed("a"));
  before.queue.add(passed("b"));
  await before.answer(unreachable);
  await before.answer();
  expect(before.results).toEqual([
    ["a", true, willBeSent],
    ["b", true, ""],
  ]);

  const after = openQueue(tab);
  expect([after.queue.missed(), after.queue.isPending("seen", "a")]).toEqual([["a"], true]);
  after.queue.add(passed("a"));
  expect(after.queue.missed()).toEqual([]); // it is on its way
  await after.answer();
  expect([after.queue.missed(), openQueue(tab).queue.missed()]).toEqual([[], []]);
});

test("an automatic mark of a deleted paper is not remembered", async () => {
  const tab = openTab();
  const { queue, results, answer } = openQueue(tab);
  queue.add(passed("a"));
  await answer(gone);
  expect(results).toEqual([["a", true, gone]]);
  expect([queue.missed(), openQueue(tab).queue.missed()]).toEqual([[], []]);
});

test("a click on a paper that is still to be marked as seen takes its place", async () => {
  const { queue, answer } = openQueue();
  queue.add(passed("a"));
  await answer(unreachable);
  queue.add({ mark: "seen", id: "a", on: false, automatic: false });
  await answer();
  expect(queue.missed()).toEqual([]);
});

test("without storage, marks are remembered for this page only", async () => {
  const send = async () => unreachable;
  const options = { send, isFinal: () => false, onResult: async () => {}, storage: null };
  const queue = openMarkQueue(options);
  await queue.add(passed("a"));
  expect([queue.missed(), openMarkQueue(options).missed()]).toEqual([["a"], []]);
});
