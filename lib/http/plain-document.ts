// Next's own scripts name no type, ours do (app/layout.tsx). The text of a script holds no `<`: Next and React escape it.
const scripts = /<script(?![^>]*\stype=)[^>]*>.*?<\/script>/gs;
// React puts a script of <head> behind the style sheets, for which it would wait.
const early =
  /(<head>(?:<meta charSet[^>]*>)?)((?:(?!<\/head>).)*?)(<script type="text\/javascript">.*?<\/script>)/s;
const preloads = /<link rel="preload" as="script"[^>]*>/g;
// React's marks between texts; a text's or an attribute's own `<` is always escaped.
const marks = /<!--.*?-->/gs;

/**
 * A page of Next's without its client: the scripts (137 KB), and the copy of the page as data that they would start from.
 * Nothing of ours runs in React once it is rendered; what answers a finger is a script of its own;
 * the one of <head> comes before all that it could wait for.
 */
export function toPlainDocument(html: string): string {
  return html.replace(scripts, "").replace(preloads, "").replace(marks, "").replace(early, "$1$3$2");
}
