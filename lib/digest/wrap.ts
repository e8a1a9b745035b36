/** A mail in plain text is read in 72 columns: longer lines are broken anywhere by some programs. */
export const columns = 72;

/** A text in lines of at most 72 columns, all behind an indent. A longer word, such as an address, has a line of its own. */
export function wrap(text: string, indent = ""): string {
  const lines: string[] = [];
  let [line, width] = ["", 0];
  for (const word of text.split(/[^\S\u00a0]+/).filter(Boolean)) {
    const added = [...word].length;
    if (line !== "" && width + 1 + added <= columns) {
      line += ` ${word}`;
      width += 1 + added;
    } else {
      if (line !== "") lines.push(line);
      [line, width] = [indent + word, indent.length + added];
    }
  }
  return [...lines, line].join("\n");
}
