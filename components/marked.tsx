/** A highlight of lib/search: escaped HTML whose only tag is `<mark>`, so it may stand as it is. */
export function Marked({ html }: { html: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: escaped where it is made, and tested there
  return <span dangerouslySetInnerHTML={{ __html: html }} />;
}
