type Item = {
  id: string;
  title?: string;
  summary?: string;
  day?: string;
  upvotes?: number;
  keywords?: string[];
  authors?: string[];
  media?: string[];
};

/** A response of Hugging Face's API: real in shape, with made-up papers. */
export function hubAnswer(items: Item[]): string {
  return JSON.stringify(
    items.map(
      ({
        id,
        title = `Paper ${id}`,
        summary = `All about ${id}.`,
        day,
        upvotes = 1,
        keywords,
        authors = [],
        media,
      }) => ({
        paper: {
          id,
          authors: authors.map((name, index) => ({ _id: `a${index}`, name, hidden: false })),
          publishedAt: "2025-12-01T00:00:00.000Z",
          ...(day ? { submittedOnDailyAt: `${day}T01:02:03.000Z` } : {}),
          title,
          summary,
          upvotes,
          ...(keywords ? { ai_keywords: keywords } : {}),
          ...(media ? { mediaUrls: media } : {}),
        },
        publishedAt: "2025-12-02T00:00:00.000Z",
        title,
        summary,
        numComments: 2,
        ...(media ? { mediaUrls: media } : {}),
        submittedBy: { _id: "s", fullname: "Ada L.", name: "ada", type: "user" },
      }),
    ),
  );
}
