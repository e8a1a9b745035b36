const form = /^(tag|author|org|organization|list):(?:"([^"]+)"|([^\s"]+))$/;

/** The one name that a text asks for: `tag:LLM` asks for the name LLM. Null for any other text. */
export function toOnlyName(q: string): { qualifier: string; name: string } | null {
  const [, qualifier, quoted, bare] = form.exec(q) ?? [];
  const name = quoted ?? bare;
  return qualifier && name ? { qualifier, name } : null;
}
