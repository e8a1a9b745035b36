/** The reader's watches, each with those of these papers that it matches. There are no watches yet, so none. */
export async function watchesOf(
  _reader: string,
  _keys: number[],
): Promise<{ name: string; keys: number[] }[]> {
  return [];
}
