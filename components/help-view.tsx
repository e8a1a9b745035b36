import type { ReactNode } from "react";
import { type Asked, maxQueryLength } from "@/lib/papers/filter";
import { keymap } from "@/lib/words/keymap";

type Term = { term: string; means: string };

const searches: Term[] = [
  { term: "weight sharing", means: "Papers with all of these words, in any order." },
  { term: '"weight sharing"', means: "Papers with this exact phrase." },
  { term: "-survey", means: 'Leaves out papers with this word. Phrases work too: -"case study".' },
  { term: "vision OR speech", means: "Papers with one or the other. OR needs capital letters." },
  { term: "(vision OR speech) survey", means: "Parentheses keep together what belongs together." },
  {
    term: "title:survey",
    means:
      "Papers with this word in their title. abstract: and author: work the same way, and so do phrases and parentheses.",
  },
  {
    term: "#reasoning",
    means:
      'Papers with this tag, also if it is a tag of your own; tag:"world model" is the same for a tag of several words. Two tags: papers with both.',
  },
  {
    term: "org:deepmind",
    means:
      'Papers from organizations with this word in their name. In quotes, the whole name: org:"Google DeepMind". submitter: works the same way.',
  },
  {
    term: "date:2025-08",
    means:
      "Papers of this month. A day, a week (2025-W50), a year, today or yesterday, or two of them as a range: date:2025-08-01..2025-08-15.",
  },
  {
    term: "after:2025-08-15",
    means:
      "Papers from this day on. before:2025-08-15 means until the day before, and age:<30d the last 30 days.",
  },
  {
    term: "published:2025-08",
    means: "The same for the day a paper was published. listed:2025-12-11 is about the editions it was in.",
  },
  {
    term: "upvotes:>=20",
    means:
      "Papers with at least 20 upvotes. comments: and authors: work the same way, with <5, >5 or 5..10 too.",
  },
  { term: "has:code", means: "Papers with code. has:project and has:comments work the same way." },
  { term: "is:bookmarked", means: "Papers in your library. is:new means papers in your Catch up queue." },
  {
    term: "is:toread",
    means: "Papers in your library in this state. The others are is:reading, is:read and is:archived.",
  },
  { term: 'list:"To compare"', means: "Papers in this list of yours." },
  {
    term: "note:kettle",
    means:
      'Papers with this word in your note; note:"as a phrase" works too. has:note means papers with any note.',
  },
  {
    term: "sort:upvotes",
    means:
      "Most upvotes first. sort:newest and sort:relevance name the other orders; sort:bookmarked, in lists of bookmarked papers, puts the last bookmarked first.",
  },
  { term: "id:2508.04581", means: "The paper with this id." },
  { term: "2508.04581", means: "Opens this paper. So does the address of a paper on arXiv or Hugging Face." },
];

/** The compiler requires an entry for each parameter of lib/papers/filter.ts. */
const filters: Record<keyof Asked, Term> = {
  q: {
    term: "q=weight+sharing",
    means: `What you typed into the search box, up to ${maxQueryLength} characters.`,
  },
  tag: {
    term: "tag=LLM",
    means: "Papers with this tag. Repeat it, up to ten times, for papers with all of several tags.",
  },
  author: {
    term: "author=Ada+Lovelace",
    means: "Papers of this author. The name must be spelled as in the paper.",
  },
  organization: { term: "organization=NVIDIA", means: "Papers from this organization." },
  day: { term: "day=2026-08-21", means: "Papers in the edition of this day." },
  week: { term: "week=2026-W34", means: "Papers in the editions of this week, Monday to Sunday." },
  month: { term: "month=2026-08", means: "Papers in the editions of this month." },
  from: {
    term: "from=2026-08-01",
    means:
      "Papers first listed on this day or later. A paper that was never listed counts by the day it was published.",
  },
  to: { term: "to=2026-08-31", means: "The same, on this day or earlier." },
  minAuthors: {
    term: "minAuthors=2",
    means: "Papers with at least this many authors. Papers whose number of authors is unknown are left out.",
  },
  maxAuthors: {
    term: "maxAuthors=10",
    means: "Papers with at most this many authors. Unknown numbers are left out here too.",
  },
  bookmarked: { term: "bookmarked=true", means: "Only papers in your library." },
  sort: {
    term: "sort=upvotes",
    means:
      "relevance, newest, upvotes or bookmarked. Without it, a search shows the best matches first and any other list the newest.",
  },
  exact: { term: "exact=true", means: "The words are not corrected, however little they find." },
  page: { term: "page=2", means: "A later page of a long list." },
  limit: { term: "limit=50", means: "How many papers a page shows, from 1 to 100. The default is 20." },
};

const sections: { id: string; title: string; content: ReactNode }[] = [
  { id: "keys", title: "Keyboard shortcuts", content: <Keys /> },
  {
    id: "searching",
    title: "Searching",
    content: (
      <>
        <p>
          Search looks at titles, abstracts, authors and tags. Capital letters, accents and word endings make
          no difference: <code>model</code> also finds “Models”.
        </p>
        <Terms terms={searches} />
        <p>
          A hyphen makes no difference either: <code>k-NN</code> finds “kNN”. The name of a family finds its
          members: <code>Qwen</code> finds “Qwen2.5”. A full name stays exact: <code>GPT-4</code> does not
          find “GPT-4o”.
        </p>
        <p>
          If a search finds nothing, or hardly anything, words of your library that are spelled almost like
          yours are searched for instead: one letter may be wrong in a word of five letters, two in a word of
          nine. Words in quotes are never changed. What is not understood is searched for as words, and the
          page says so.
        </p>
        <p>
          The best matches come first: papers with all words in their title, then the others. Within both,
          what counts is how often and where the words occur (BM25), whether they follow each other as you
          typed them, and a little how recent and how upvoted a paper is. If more than 3,000 papers match,
          only their titles are compared, the shortest first, and the others follow by date.
        </p>
      </>
    ),
  },
  {
    id: "filters",
    title: "Filters",
    content: (
      <>
        <p>
          On <a href="/papers">All papers</a> and on any search you can filter by date, number of authors and
          bookmarks under <em>Filters</em>, and by what is listed beside the papers: tags, years, authors,
          organizations and code, each with the number of papers it would leave. Each filter becomes a part of
          the text in the search box, and appears under the headline; select it there to remove it.
        </p>
        <p>
          The address of the page holds the whole search, so you can share it or save it in your browser. You
          can also write it yourself, after <code>/papers?</code>, with <code>&</code> between its parts. What
          is not <code>q</code> or about the view becomes a part of the text:
        </p>
        <Terms terms={Object.values(filters)} />
        <p>A value that makes no sense is ignored, and the page says so.</p>
      </>
    ),
  },
  {
    id: "days",
    title: "Days, weeks and months",
    content: (
      <>
        <p>
          An edition holds the papers listed on one day. Hugging Face closes its day at 9:30 pm New York time,
          and most weekends and holidays are empty. The links beside the date lead to the editions before and
          after; the bars and the calendar show how full the days around it were. You can also choose or type
          a date. A topic beside the papers shows only the day’s papers with that tag.
        </p>
        <p>
          <em>week</em> and <em>month</em>, beside the number of papers, show those papers with the most
          upvotes first, under a calendar.
        </p>
      </>
    ),
  },
  {
    id: "paper",
    title: "A paper",
    content: (
      <>
        <p>
          A card shows one sentence on what the paper does: the summary from Hugging Face, marked as AI, or
          the sentence of the abstract that states its contribution. The paper’s page has the whole abstract,
          its links, votes and tags, and under <em>Details</em> every listing it appeared in. The names of
          authors and of the organization lead to their papers. The link above the title takes you back to
          your place in the list you came from, and the links at the bottom to its neighbors in that list.
        </p>
        <p>
          Pictures are those that Hugging Face lists for the paper, stored with your library. Select one to
          see it in full; turn them off in <a href="/settings">Settings</a>.
        </p>
        <p>
          Tags come from Hugging Face. A paper without any gets tags taken from its text, marked as such. If a
          paper isn’t here yet, open <code>/papers/</code> followed by its arXiv id and select{" "}
          <em>Fetch paper</em>.
        </p>
      </>
    ),
  },
  {
    id: "bookmarks",
    title: "Bookmarks",
    content: (
      <p>
        The bookmark beside a title adds the paper to your <a href="/library">Library</a>; select it again to
        remove the paper. Bookmarked papers stay even if the listing they came from is removed, and so do
        papers with a note, in a list or with a tag of your own. In the library, <em>Edit</em> moves, lists or
        tags all papers of the page at once, or those you selected with <kbd>x</kbd>. It also renames and
        deletes the list or tag that is shown.
      </p>
    ),
  },
  {
    id: "watches",
    title: "Watches",
    content: (
      <>
        <p>
          A <a href="/watches">watch</a> follows any search, for instance an author, an organization or a tag:
          select <em>Follow</em> or <em>watch</em> above a list. Editions say below a title which watches it
          matches, and <em>Watches</em> counts the papers that came since you last opened each.
        </p>
        <p>
          A watch that mutes folds its papers to their titles, with the reason, in editions, weeks, months,
          Trending and Catch up. Bookmarked papers are never folded, and searches show everything. Papers are
          compared with watches when they come in or change; each watch remembers its latest 1,000.
        </p>
      </>
    ),
  },
  {
    id: "seen",
    title: "New and seen",
    content: (
      <>
        <p>
          A red dot marks a paper you have not seen yet. Opening a paper marks it as seen; on a touch screen,
          so does scrolling past it. <a href="/settings">Settings</a> has other choices.{" "}
          <em>Mark all as seen</em>, at the end of an edition, marks the papers on that page and nothing that
          arrived later. On a touch screen, swipe a paper to the left to mark it, or to the right to bookmark
          it.
        </p>
        <p>
          <a href="/catch-up">Catch up</a> collects everything new, across days, oldest first. It starts with
          the edition that was the latest when you first saw a paper.
        </p>
      </>
    ),
  },
  {
    id: "undo",
    title: "Undo",
    content: (
      <p>
        The last hundred changes can be undone, one step at a time: use the bar that appears after it, press{" "}
        <kbd>u</kbd> on any page, or go to <a href="/settings">Settings</a>. Papers marked as seen because you
        moved past them are not a step; press <kbd>m</kbd> to mark one as new again.
      </p>
    ),
  },
  {
    id: "trending",
    title: "Trending and topics",
    content: (
      <p>
        <a href="/papers/trending">Trending</a> lists the papers that gained the most upvotes in a week.{" "}
        <a href="/topics">Topics</a> shows papers per day over the years, rising and falling tags, and new
        words. Select a bar, a tag or a word to see its papers; the same numbers are in the tables below each
        chart.
      </p>
    ),
  },
  {
    id: "sources",
    title: "Sources and refreshing",
    content: (
      <p>
        By default, the server asks Hugging Face for new papers every few hours.{" "}
        <a href="/sources">Sources</a> shows what was imported and what was rejected, and why. There you can
        refresh now, remove a listing, or <a href="#add">add papers</a>.
      </p>
    ),
  },
  {
    id: "add",
    title: "Add papers",
    content: (
      <>
        <p>
          <a href="/add">Add papers</a> takes a file or a pasted text: what Zotero, JabRef, Mendeley or
          EndNote export, bookmarks of a browser, arXiv ids in any text, a copied page of Hugging Face or
          arXiv, or an export of Broadsheet. A preview shows which papers are new and which entries cannot be
          read. Nothing is saved before that.
        </p>
        <p>
          A library or a list of ids is bookmarked, with its notes, lists and tags. Your own notes and states
          stay as they are. You can undo it in one step. A listing becomes an edition, and its papers are
          bookmarked only if you say so.
        </p>
      </>
    ),
  },
  {
    id: "feeds",
    title: "Feeds",
    content: (
      <p>
        <a href="/feeds/atom.xml">/feeds/atom.xml</a> is an Atom feed of the newest papers. It takes the same{" "}
        <a href="#filters">filters</a>: the <em>feed</em> link beside a search shows the address of its feed.
      </p>
    ),
  },
  {
    id: "mail",
    title: "Email and webhooks",
    content: (
      <p>
        If this Broadsheet sends mail, a box at the foot of an edition or a search subscribes an address to
        it, daily or weekly, once its owner has confirmed. Every mail has a link to change when it comes, to
        pause and to leave. Papers that were added late come with the next mail.{" "}
        <a href="/webhooks">Webhooks</a> post the same to Slack, Discord, ntfy or a program of yours.{" "}
        <a href="/settings#mail">Settings</a> sends a test.
      </p>
    ),
  },
  {
    id: "settings",
    title: "Settings",
    content: (
      <p>
        <a href="/settings">Settings</a> has the theme, how much each card shows, the order of an edition,
        whether pictures are shown, what marks a paper as seen, and a switch for the keyboard shortcuts. You
        can also change the cards and the order under <em>View</em>, above any edition.
      </p>
    ),
  },
];

/** How to use the site. */
export function HelpView() {
  return (
    <div className="max-w-column">
      <header className="border-ink border-b-2 pt-4 pb-3">
        <h1 className="font-display text-3xl sm:text-4xl">Help</h1>
        <nav aria-label="On this page" className="mt-2 print:hidden">
          <ul className="flex flex-wrap gap-x-5 text-soft">
            {sections.map(({ id, title }) => (
              <li key={id}>
                <a href={`#${id}`} className="inline-block py-1 underline decoration-edge underline-offset-3">
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      {sections.map(({ id, title, content }) => (
        <section key={id} aria-labelledby={id} className="mt-10">
          <h2 id={id} className="font-display text-3xl">
            {title}
          </h2>
          <div className="mt-2 grid gap-3 font-text text-lg *:max-w-measure [&_a]:underline [&_a]:decoration-edge [&_a]:underline-offset-4">
            {content}
          </div>
        </section>
      ))}
    </div>
  );
}

function Keys() {
  return (
    <>
      <div className="grid gap-x-12 gap-y-6 font-face text-sm sm:grid-cols-2">
        {keymap.map(({ name, keys }) => (
          <section key={name}>
            <h3 className="font-semibold text-xs">{name}</h3>
            <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
              {keys.map(({ keys: pressed, does }) => (
                <div key={pressed} className="contents">
                  <dt className="font-mono text-soft">{pressed}</dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p>
        Two letters are two keys, one after the other. Shortcuts do nothing while you type. Escape leaves the
        search box and goes back to where you were. <kbd>Ctrl-K</kbd> finds papers, authors, tags, pages and
        commands by name, goes to a date (<kbd>yesterday</kbd>, <kbd>12 may</kbd>, <kbd>week 22</kbd>), or
        searches papers for what you type.
      </p>
    </>
  );
}

function Terms({ terms }: { terms: Term[] }) {
  return (
    <dl className="grid gap-x-4 font-face text-sm sm:grid-cols-[auto_1fr] sm:gap-y-1">
      {terms.map(({ term, means }) => (
        <div key={term} className="contents">
          <dt className="font-mono text-soft wrap-anywhere">{term}</dt>
          <dd className="max-sm:mb-2">{means}</dd>
        </div>
      ))}
    </dl>
  );
}
