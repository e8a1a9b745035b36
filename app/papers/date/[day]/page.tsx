import type { Metadata } from "next";
import { EditionView } from "@/components/edition-view";
import { PageNotHere } from "@/components/not-here";
import { formatDay, isDay } from "@/lib/days";
import { setStatus } from "@/lib/http/status";
import { findEdition } from "@/lib/papers/editions";

export const dynamic = "force-dynamic";

type Props = { params: Promise<{ day: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { day } = await params;
  return { title: isDay(day) ? formatDay(day) : "No such day" };
}

export default async function DayPage({ params }: Props) {
  const { day } = await params;
  if (!isDay(day)) {
    setStatus(404);
    return <PageNotHere />;
  }
  return <EditionView edition={await findEdition(day)} />;
}
