import { isDay } from "@/lib/days";

/** Target of the date field. For an impossible day, the list of all papers explains why it was ignored. */
export function GET(request: Request): Response {
  const day = new URL(request.url).searchParams.get("day") ?? "";
  const address = isDay(day) ? `/papers/date/${day}` : `/papers?${new URLSearchParams({ day })}`;
  return new Response(null, { status: 303, headers: { Location: address } });
}
