// Three of 800,000 real abstracts are longer.
const longest = 4000;

/** What a list or a feed shows of an abstract: all of it, or the beginning of one that no abstract is as long as. */
export function shorten(text: string): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest);
  return `${cut.slice(0, cut.lastIndexOf(" ") > longest / 2 ? cut.lastIndexOf(" ") : longest)} …`;
}
