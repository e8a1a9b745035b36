import type { Digest } from "@/lib/digest/find-digest";
import type { Paper } from "@/lib/paper";

export const site = "https://papers.example";
export const links = { site, manage: `${site}/subscribe/token/manage`, leave: `${site}/unsubscribe/token` };

let made = 0;

/** A made-up paper. */
export function makePaper(facts: Partial<Paper> = {}): Paper {
  const id = `2512.${String(++made).padStart(5, "0")}`;
  return {
    id,
    arxivId: id,
    title: `Kettles that know when tea is ready, part ${made}`,
    abstract: "Tea is old. We propose a kettle that listens to water. Experiments show that it is quieter.",
    authors: ["Ada L.", "Alan T.", "Grace H."],
    authorCount: 3,
    publishedOn: "2025-12-10",
    listedOn: "2025-12-11",
    upvotes: 12,
    commentCount: 2,
    tags: [],
    submittedBy: null,
    organization: null,
    code: null,
    projectPage: null,
    summary: null,
    withdrawn: null,
    highlights: null,
    figure: null,
    ...facts,
  };
}

/** A digest of these papers: the lead, and a group of the others. */
export function makeDigest(papers: Paper[], facts: Partial<Digest> = {}): Digest {
  const [lead = null, ...others] = papers;
  return {
    name: "Daily papers",
    q: "",
    rhythm: "daily",
    day: "2025-12-11",
    lead,
    groups: others.length > 0 ? [{ title: "More of the day", papers: others }] : [],
    rising: [],
    keys: papers.map((_, index) => index + 1),
    ...facts,
  };
}

/** Papers whose texts are as long and as hard to escape as a mail could get. */
export const hostilePapers = (number: number): Paper[] =>
  Array.from({ length: number }, (_, index) =>
    makePaper({
      title: `${index} "</h3><script>alert(1)</script>" & <@everyone> *_~\`|[a](b) <!channel> ${"<&\">'*_".repeat(200)}`,
      abstract: `\r\nBcc: all@papers.example\r\n<b>${"&\"'<>".repeat(1000)}`,
      authors: [`"><img src=x onerror=alert(1)> ${"神".repeat(500)}`],
      organization: { name: `<i>${"x".repeat(500)}`, fullName: null },
      code: { url: "javascript:alert(1)", stars: 5 },
      projectPage: `https://papers.example/"onclick="alert(1)`,
    }),
  );
