import { Session } from "node:inspector";

type Script = { url: string; functions: { ranges: { count: number }[] }[] };

const session = new Session();

/** Call this before loading the code to be counted: V8 counts only code that it compiles afterwards. */
export function beginCounting(): void {
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
}

/**
 * How much work a function does, in steps: how often blocks of lib and of the Markdown parser ran, plus how many characters
 * regular expressions and string searches went over. Unlike time, this does not depend on what else the machine does.
 */
export function countSteps(work: () => unknown): number {
  takeBlocks(); // resets the count
  const characters = countCharacters(work);
  return takeBlocks() + characters;
}

/** How many blocks ran since the last call. */
function takeBlocks(): number {
  let scripts: Script[] = [];
  // Within one process, the callback runs before `post` returns.
  session.post("Profiler.takePreciseCoverage", (error, taken) => {
    if (error) throw error;
    scripts = taken.result;
  });
  return scripts
    .filter(
      ({ url }) => /micromark|mdast/.test(url) || (/\/lib\//.test(url) && !url.includes("node_modules")),
    )
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
    .reduce((sum, { count }) => sum + count, 0);
}

/** How many characters regular expressions and searches went over: to the end of a match, or of the text if none. */
function countCharacters(work: () => unknown): number {
  let characters = 0;
  const { exec } = RegExp.prototype;
  const { indexOf, includes } = String.prototype;
  RegExp.prototype.exec = function (text) {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    const match = exec.call(this, text);
    const to = match ? match.index + match[0].length : String(text).length;
    const anchored = this.sticky || this.source.startsWith("^");
    characters += !match && anchored ? 1 : Math.max(1, to - from);
    return match;
  };
  String.prototype.indexOf = function (this: string, what, from = 0) {
    const at = indexOf.call(this, what, from);
    characters += (at < 0 ? this.length : at) - Math.min(from, this.length);
    return at;
  };
  String.prototype.includes = function (this: string, what, from = 0) {
    return this.indexOf(what, from) >= 0;
  };
  try {
    work();
  } finally {
    RegExp.prototype.exec = exec;
    String.prototype.indexOf = indexOf;
    String.prototype.includes = includes;
  }
  return characters;
}
