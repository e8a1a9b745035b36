import type { Metadata } from "next";
import { cache } from "react";
import { EditionView } from "@/components/edition-view";
import { Message } from "@/components/message";
import { formatDay } from "@/lib/days";
import { describeLibrary, findLatestEdition } from "@/lib/papers/editions";

export const dynamic = "force-dynamic";

// Once a request, for the page and its title.
const find = cache(findLatestEdition);

export async function generateMetadata(): Promise<Metadata> {
  const edition = await find();
  return { title: edition ? { absolute: `${formatDay(edition.day)} · Broadsheet` } : "Latest" };
}

export default async function LatestPage() {
  const edition = await find();
  if (edition) return <EditionView edition={edition} />;
  const { papers } = await describeLibrary();
  return papers > 0 ? (
    <Message title="No edition yet">
      <p>
        None of what was read is the list of a day. <a href="/papers">All {papers} papers</a> are in the
        library.
      </p>
    </Message>
  ) : (
    <Message title="The library is empty">
      <p>
        Read a listing with <code>npm run scrape -- FILE</code>, then reload this page.
      </p>
    </Message>
  );
}
