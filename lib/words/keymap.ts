/** A key or a sequence of two, and its action. `at` is the page it opens, if it opens one. */
type Key = { keys: string; does: string; at?: string };

/** The keyboard shortcuts, chosen to match those of Gmail and feed readers. */
export const keymap: { name: string; keys: Key[] }[] = [
  {
    name: "In a list",
    keys: [
      { keys: "j", does: "Next paper" },
      { keys: "k", does: "Previous paper" },
      { keys: "o", does: "Open paper" },
      { keys: "v", does: "Open on arXiv" },
      { keys: "y", does: "Share paper or copy its address" },
      { keys: "c", does: "Copy as BibTeX" },
      { keys: "s", does: "Bookmark or remove bookmark" },
      { keys: "m", does: "Mark as seen or new" },
      { keys: "t", does: "Move to To read" },
      { keys: "i", does: "Move to Reading" },
      { keys: "r", does: "Move to Read" },
      { keys: "e", does: "Move to Archived" },
      { keys: "x", does: "Select several papers for these keys" },
      { keys: "A", does: "Mark all as seen" },
    ],
  },
  {
    name: "Go to",
    keys: [
      { keys: "[", does: "Previous day or paper" },
      { keys: "]", does: "Next day or paper" },
      { keys: "g d", does: "Latest edition", at: "/" },
      { keys: "g u", does: "Catch up", at: "/catch-up" },
      { keys: "g w", does: "Latest week", at: "/papers/week" },
      { keys: "g m", does: "Latest month", at: "/papers/month" },
      { keys: "g t", does: "Trending", at: "/papers/trending" },
      { keys: "g p", does: "All papers", at: "/papers" },
      { keys: "g l", does: "Library", at: "/library" },
      { keys: "g f", does: "Watches", at: "/watches" },
      { keys: "g r", does: "Topics", at: "/topics" },
      { keys: "g a", does: "Add papers", at: "/add" },
      { keys: "g s", does: "Settings", at: "/settings" },
      { keys: "g h", does: "Help", at: "/help" },
    ],
  },
  {
    name: "Anywhere",
    keys: [
      { keys: "/", does: "Search" },
      { keys: "u", does: "Undo last change" },
      { keys: "Ctrl-K", does: "Command palette" },
      { keys: "?", does: "Keyboard shortcuts" },
    ],
  },
];
