import { isDay } from "@/lib/days";

/** Where the date field leads; of what is no day that exists the list of all papers says so. */
export function GET(request: Request): Response {
  const day = new URL(request.url).searchParams.get("day") ?? "";
  const address = isDay(day) ? `/papers/date/${day}` : `/papers?${new URLSearchParams({ day })}`;
  return new Response(null, { status: 303, headers: { Location: address } });
}
