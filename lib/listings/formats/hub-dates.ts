import { type Day, isDay } from "../../days";

/** A date as Hugging Face prints it, and the number of comments that text copies leave on the same line. */
export type HubDate = { month: number; date: number; year: number | null; comments: number | null };

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const datePattern = new RegExp(`^(${months.join("|")}) (\\d{1,2})(?:, (\\d{4}))?(?: (\\d{1,9}))?$`);
const looseDatePattern = new RegExp(`^(?:${months.join("|")}) \\d[\\d\\s,[\\]]{0,30}$`);

/**
 * Parses `Oct 4`, `Oct 4, 2023` and `Oct 4 2`, where 2 is the number of comments. The day may not exist. null for any
 * other line.
 */
export function readHubDate(line: string): HubDate | null {
  const match = datePattern.exec(line);
  if (!match) return null;
  const [, month, date, year, comments] = match;
  return {
    month: months.indexOf(month ?? "") + 1,
    date: Number(date),
    year: year ? Number(year) : null,
    comments: comments ? Number(comments) : null,
  };
}

/** Whether a text is meant as a date, even if it is broken: `Jun 30, 202 6`, `Oct 4, 20`. */
export function looksLikeDate(line: string): boolean {
  return looseDatePattern.test(line);
}

/** False for `Feb 30`, and for `Feb 29` outside a leap year. */
export function existsInSomeYear(date: HubDate | null): boolean {
  return date !== null && isDay(toDay(date.year ?? 2024, date));
}

/**
 * The day of a date. Without a year, uses the page's year, or the latest earlier one in which the day exists and is not
 * after `limit`. `inferred` if that was not the page's own year.
 */
export function latestDay(
  date: HubDate,
  pageYear: number,
  limit: Day | null,
): { day: Day | null; inferred: boolean } {
  if (date.year !== null) return { day: toDay(date.year, date), inferred: false };
  for (let year = pageYear; year > pageYear - 9; year--) {
    const day = toDay(year, date); // 29 February exists at least every eight years
    if (isDay(day) && (limit === null || day <= limit)) return { day, inferred: year !== pageYear };
  }
  return { day: null, inferred: false };
}

function toDay(year: number, { month, date }: HubDate): Day {
  return [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(date).padStart(2, "0")].join(
    "-",
  );
}
