// Of 800,000 real abstracts, three are longer.
const longest = 4000;

/** An abstract for lists and feeds: complete, or cut off if it is longer than any real one. */
export function shorten(text: string): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest);
  return `${cut.slice(0, cut.lastIndexOf(" ") > longest / 2 ? cut.lastIndexOf(" ") : longest)} …`;
}
