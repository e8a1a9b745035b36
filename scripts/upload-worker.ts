// Previews or adds an upload on a thread of its own; see lib/uploads/run-on-thread.ts.
import { parentPort, workerData } from "node:worker_threads";
import { closeDatabase } from "@/lib/db/client";
import { databaseProblem } from "@/lib/db/problem";
import type { Message } from "@/lib/uploads/run-on-thread";
import { runTask, type Task } from "@/lib/uploads/tasks";

const task: Task = workerData;
const message = await runTask(task).then(
  (outcome): Message => ({ outcome }),
  (error: unknown): Message => {
    const libraryProblem = databaseProblem(error);
    if (libraryProblem === null) throw error;
    return { libraryProblem };
  },
);
await closeDatabase();
parentPort?.postMessage(message);
