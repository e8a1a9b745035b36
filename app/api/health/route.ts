import { describeLibrary } from "@/lib/papers/editions";

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const { papers, latestEdition } = await describeLibrary();
  return Response.json({ status: "ok", papers, latestEdition });
}
