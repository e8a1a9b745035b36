export type Mark = "keep" | "seen";

/** The state a mark should get. `automatic`: the reader moved on from the paper or opened it, without a click. */
export type MarkChange = { mark: Mark; id: string; on: boolean; automatic: boolean };

export type MarkQueue = {
  /** Requests a state. Resolves once it is sent and `onResult` is done, or with a later state of the same mark. */
  add(change: MarkChange): Promise<void>;
  /** Whether the server may not have the latest state of a mark yet. */
  isPending(mark: Mark, id: string): boolean;
  /** Papers that the server still has to mark as seen. */
  missed(): string[];
};

type Options = {
  /** Sends a change. Returns an error message, or "". */
  send: (change: MarkChange) => Promise<string>;
  /** The message of a failure after which an automatic mark is pointless. */
  isFinal: (failure: string) => boolean;
  /** Called once for each mark whose latest state was sent, or failed. */
  onResult: (change: MarkChange, failure: string) => Promise<void>;
  storage: Pick<Storage, "getItem" | "setItem"> | null;
};

/** The message if an automatic mark could not be sent. */
export const willBeSent =
  "Could not reach the server. Papers you pass will be marked as seen when it is back.";

const missedKey = "broadsheet-missed";

/**
 * Sends marks to the server: one request at a time for each mark of a paper. If several states were requested meanwhile,
 * only the latest is sent. The reader can repeat a click that failed, but does not know about automatic marks. So
 * those are remembered in the tab's storage, to be sent when the server answers again, even from the tab's next page.
 */
export function openMarkQueue({ send, isFinal, onResult, storage }: Options): MarkQueue {
  const wanted = new Map<string, MarkChange>();
  const sending = new Map<string, Promise<void>>();
  const missed = new Set<string>(JSON.parse(storage?.getItem(missedKey) ?? "[]"));

  const run = async (key: string, first: MarkChange) => {
    let change = first;
    let failure = "";
    for (let next: MarkChange | undefined = first; next; next = wanted.get(key)) {
      change = next;
      failure = await send(change);
      const isMissed = failure !== "" && !isFinal(failure) && change.automatic;
      if (isMissed) failure = willBeSent;
      if (change.mark === "seen") {
        missed[isMissed ? "add" : "delete"](change.id);
        storage?.setItem(missedKey, JSON.stringify([...missed]));
      }
      if (failure !== "" || wanted.get(key) === change) wanted.delete(key);
    }
    sending.delete(key);
    await onResult(change, failure);
  };

  return {
    add(change) {
      const key = keyOf(change);
      wanted.set(key, change);
      const running = sending.get(key);
      if (running) return running;
      const started = run(key, change);
      sending.set(key, started);
      return started;
    },
    isPending: (mark, id) => wanted.has(keyOf({ mark, id })) || (mark === "seen" && missed.has(id)),
    missed: () => [...missed].filter((id) => !sending.has(keyOf({ mark: "seen", id }))),
  };
}

const keyOf = ({ mark, id }: Pick<MarkChange, "mark" | "id">) => `${mark} ${id}`;
