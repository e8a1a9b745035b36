// ASCII controls but tab and line feed; no reader means them and no XML may hold them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** A text as its source has it, without carriage returns, control characters and the blanks around it. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(controls, "").trim();
}

/** A text on one line: line breaks, with the blanks around them, become one blank. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s*\n\s*/g, " ");
}
