/** What a key does; a sequence is two keys, one after the other. `at` is where it leads, where that is a place. */
type Key = { keys: string; does: string; at?: string };

/** The keys of the readers that people know, by what they are for. */
export const keymap: { name: string; keys: Key[] }[] = [
  {
    name: "In a list",
    keys: [
      { keys: "j", does: "Next paper; the one left is seen" },
      { keys: "k", does: "Previous paper" },
      { keys: "o", does: "Open it" },
      { keys: "v", does: "Open it on arXiv" },
      { keys: "s", does: "Keep it, or let it go" },
      { keys: "m", does: "Mark it as seen, or as new" },
      { keys: "x", does: "Select it: s and m are then for all that is selected" },
      { keys: "A", does: "Mark all as seen" },
    ],
  },
  {
    name: "From page to page",
    keys: [
      { keys: "[", does: "The day before, or the previous paper" },
      { keys: "]", does: "The day after, or the next paper" },
      { keys: "g d", does: "Latest edition", at: "/" },
      { keys: "g u", does: "Catch up", at: "/catch-up" },
      { keys: "g w", does: "This week", at: "/papers/week" },
      { keys: "g m", does: "This month", at: "/papers/month" },
      { keys: "g t", does: "Trending", at: "/papers/trending" },
      { keys: "g p", does: "All papers", at: "/papers" },
      { keys: "g l", does: "Kept", at: "/library" },
      { keys: "g r", does: "Trends", at: "/trends" },
      { keys: "g s", does: "Settings", at: "/settings" },
    ],
  },
  {
    name: "Anywhere",
    keys: [
      { keys: "/", does: "Search" },
      { keys: "u", does: "Undo the last change" },
      { keys: "Ctrl-K", does: "Go to any page, or do any of these, by name" },
      { keys: "?", does: "All keys" },
    ],
  },
];
