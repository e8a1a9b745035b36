// RFC 2047 allows 75 characters in an encoded word: 12 around the text, and 60 of base64, which are 45 bytes.
const maxBytes = 45;

/** A text in a header: as it is if it is ASCII, or else as encoded words of RFC 2047. */
export function encodeHeader(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text) && !text.includes("=?")) return text;
  const words: string[] = [];
  for (const letter of text) {
    const last = words.at(-1);
    if (last !== undefined && Buffer.byteLength(last + letter) <= maxBytes)
      words[words.length - 1] = last + letter;
    else words.push(letter);
  }
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString("base64")}?=`).join(" ");
}
