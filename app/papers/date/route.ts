import { isDay } from "@/lib/days";

/** Where the date field leads; without a day that exists, to the latest edition. */
export function GET(request: Request): Response {
  const day = new URL(request.url).searchParams.get("day") ?? "";
  return new Response(null, { status: 303, headers: { Location: isDay(day) ? `/papers/date/${day}` : "/" } });
}
