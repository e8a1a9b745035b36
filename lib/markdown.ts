import MarkdownIt from "markdown-it";

// Without HTML and images, and with its own list of schemes for links, so that nothing in a note can run or be loaded.
const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true }).disable("image");
const openLink =
  markdown.renderer.rules.link_open ??
  ((tokens, at, options, _, self) => self.renderToken(tokens, at, options));
markdown.renderer.rules.link_open = (tokens, at, ...rest) => {
  tokens[at]?.attrSet("rel", "noopener noreferrer");
  return openLink(tokens, at, ...rest);
};

// Below the page's own headings.
markdown.core.ruler.push("lower headings", ({ tokens }) => {
  for (const token of tokens)
    if (/^h[1-6]$/.test(token.tag)) token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + 2)}`;
});

/** A Markdown text as HTML that can be shown as it is: HTML in the text is text, and links lead to web and mail addresses only. */
export const renderMarkdown = (text: string) => markdown.render(text);
