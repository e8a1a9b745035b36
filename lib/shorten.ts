// Of 800,000 real abstracts, three are longer.
const longestAbstract = 4000;

/** A text, or its beginning if it is too long: by default, an abstract for lists and feeds that is longer than any real one. */
export function shorten(text: string, maxLength = longestAbstract): string {
  if (text.length <= maxLength) return text;
  const cut = text.slice(0, maxLength);
  const space = cut.lastIndexOf(" ");
  return `${cut.slice(0, space > maxLength / 2 ? space : maxLength).replace(/\p{Surrogate}$/u, "")} …`;
}
