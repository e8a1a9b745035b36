// Of 800,000 real abstracts, three are longer.
const maxLength = 4000;

/** An abstract for lists and feeds: complete, or cut off if it is longer than any real one. */
export function shorten(text: string): string {
  if (text.length <= maxLength) return text;
  const cut = text.slice(0, maxLength);
  return `${cut.slice(0, cut.lastIndexOf(" ") > maxLength / 2 ? cut.lastIndexOf(" ") : maxLength)} …`;
}
