// Next's own scripts have no type attribute; ours do (app/layout.tsx). The text of a script contains no `<`, because
// Next and React escape it.
const scripts = /<script(?![^>]*\stype=)[^>]*>.*?<\/script>/gs;
// React moves a script in <head> after the style sheets, and it would wait for them.
const early =
  /(<head>(?:<meta charSet[^>]*>)?)((?:(?!<\/head>).)*?)(<script type="text\/javascript">.*?<\/script>)/s;
const preloads = /<link rel="preload" as="script"[^>]*>/g;
// React's comments between texts. A `<` of a text or an attribute is always escaped.
const marks = /<!--.*?-->/gs;

/**
 * Removes Next's client from a page: its scripts (137 KB) and the copy of the page as data. Nothing of ours runs in
 * React after rendering. Also moves our script in <head> before everything it could wait for.
 */
export function withoutNextClient(html: string): string {
  return html.replace(scripts, "").replace(preloads, "").replace(marks, "").replace(early, "$1$3$2");
}
