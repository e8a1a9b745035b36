import { Presets, SingleBar } from "cli-progress";
import { printable } from "@/lib/printable";

/** The progress of a long command, on standard error. */
export type Progress = {
  /** Sets what is done, and the total if it is known. */
  show(done: number, total: number | null, what: string): void;
  /** Prints a line of its own. */
  print(line: string): void;
  end(): void;
};

/** The speed and the remaining time in words, or "" while there is too little data. */
export function rateOf(done: number, total: number, ms: number): string {
  if (done === 0 || ms <= 0) return "";
  const perMinute = (done / ms) * 60_000;
  const secondsLeft = ((total - done) * ms) / done / 1000;
  return `${perMinute < 10 ? perMinute.toFixed(1) : Math.round(perMinute)} per minute, ${inWords(secondsLeft)} left`;
}

function inWords(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const lineEveryMs = 5000;

/** A bar on a terminal, or else a plain line every five seconds. A short command prints nothing. */
export function openProgress(name: string): Progress {
  return process.stderr.isTTY ? openBar(name) : openLines(name);
}

function openBar(name: string): Progress {
  let bar: SingleBar | null = null;
  return {
    show(done, total, what) {
      if (!bar) {
        const format = total === null ? `${name} {label}` : `${name} {bar} {label}`;
        bar = new SingleBar(
          { format, clearOnComplete: true, stopOnComplete: false, barsize: 30, fps: 5 },
          Presets.shades_classic,
        );
        bar.start(total ?? 0, 0, { label: "" });
      }
      bar.setTotal(total ?? Math.max(done, 1));
      bar.update(done, { label: printable(what) });
    },
    print(line) {
      process.stderr.write(`\r\u001b[K${printable(line)}\n`); // the bar is drawn again below the line
    },
    end: () => bar?.stop(),
  };
}

function openLines(name: string): Progress {
  let last = Date.now();
  return {
    show(_done, _total, what) {
      if (Date.now() - last < lineEveryMs) return;
      last = Date.now();
      console.error(printable(`${name}: ${what}`));
    },
    print: (line) => console.error(printable(line)),
    end: () => {},
  };
}
