import { Tokenizer } from "htmlparser2";
import { checkNumber } from "./references";

/** A link of a bookmark file. Attributes have lower-case names. */
export type BookmarkLink = {
  attributes: Map<string, string>;
  title: string;
  /** The text of its `<DD>`. */
  description: string;
  /** The folder that holds it. Null at the top, and in folders that every browser has, such as its toolbar. */
  folder: string | null;
  /** Whether the file ends before the link does. */
  isCut: boolean;
};

/**
 * The links of a Netscape bookmark file, in its order. Reads tags, not a tree: most tags of such a file are never closed,
 * and a tree of them would be as deep as the file is long.
 */
export function readBookmarkLinks(html: string): BookmarkLink[] {
  const links: BookmarkLink[] = [];
  const folders: (string | null)[] = [];
  let nextFolder: string | null = null;
  let link: BookmarkLink | null = null;
  /** The tag whose text is being read. */
  let inside: "" | "h3" | "a" | "dd" = "";
  let tag = "";
  /** Where the tag begins that has not ended yet, or -1. */
  let tagStart = -1;
  let attributes = new Map<string, string>();
  let attribute = "";
  let value = "";
  let text = "";

  const endText = () => {
    if (inside === "h3") nextFolder = isOwnFolder(attributes) ? text.trim() : null;
    if (inside === "a" && link) link.title = text.trim();
    if (inside === "dd" && link) link.description = text.trim();
    inside = "";
    text = "";
  };
  const markCut = () => {
    if (tagStart >= 0 && tag === "a") {
      endText();
      const title = html.slice(tagStart, tagStart + 200);
      links.push({ attributes: new Map(), title, description: "", folder: null, isCut: true });
    } else if (inside === "a" && link) link.isCut = true;
    endText();
  };
  const open = () => {
    tagStart = -1;
    if (tag === "br" && inside === "dd") text += "\n";
    if (!["h3", "a", "dd", "dl", "dt"].includes(tag)) return;
    if (inside === "a" || inside === "dd") endText();
    inside = tag === "h3" || tag === "a" || tag === "dd" ? tag : "";
    if (tag === "a") {
      link = { attributes, title: "", description: "", folder: folders.at(-1) ?? null, isCut: false };
      links.push(link);
      checkNumber("netscape", links.length);
    } else if (tag !== "dd") link = null;
    if (tag === "dl") {
      folders.push(nextFolder);
      nextFolder = null;
    }
  };
  const close = (name: string) => {
    if (name === inside || (name === "dl" && inside === "dd")) endText();
    if (name === "dl") folders.pop();
  };

  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      onopentagname: (start, end) => {
        tag = html.slice(start, end).toLowerCase();
        tagStart = start;
        if (inside !== "h3") attributes = new Map();
      },
      onattribname: (start, end) => {
        attribute = html.slice(start, end).toLowerCase();
        value = "";
      },
      onattribdata: (start, end) => {
        value += html.slice(start, end);
      },
      onattribentity: (codepoint) => {
        value += String.fromCodePoint(codepoint);
      },
      onattribend: () => {
        if (inside !== "h3" && !attributes.has(attribute)) attributes.set(attribute, value);
      },
      onopentagend: open,
      onselfclosingtag: open,
      onclosetag: (start, end) => close(html.slice(start, end).trim().toLowerCase()),
      ontext: (start, end) => {
        if (inside) text += html.slice(start, end);
      },
      ontextentity: (codepoint) => {
        if (inside) text += String.fromCodePoint(codepoint);
      },
      oncdata: () => {},
      oncomment: () => {},
      ondeclaration: () => {},
      onprocessinginstruction: () => {},
      onend: () => {},
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  markCut();
  return links;
}

/** Browsers mark the folders that they made. */
function isOwnFolder(attributes: Map<string, string>): boolean {
  return !["personal_toolbar_folder", "unfiled_bookmarks_folder"].some((name) => attributes.has(name));
}
