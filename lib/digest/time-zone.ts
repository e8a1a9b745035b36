import { TZDate } from "@date-fns/tz";

/** Whether there is a time zone of this name, such as `Europe/Berlin`. */
export function isTimeZone(name: string): boolean {
  try {
    // It also knows names that `Intl.supportedValuesOf` leaves out, such as `Asia/Kolkata`. An offset is no zone.
    return /^[a-z]/i.test(name) && new Intl.DateTimeFormat("en", { timeZone: name }) !== null;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The last instant, up to now, at which clocks in a time zone showed this hour. */
export function lastHour(hour: number, zone: string, now: Date): Date {
  const here = new TZDate(now, zone);
  const today = new TZDate(here.getFullYear(), here.getMonth(), here.getDate(), hour, zone);
  const at =
    today > here ? new TZDate(here.getFullYear(), here.getMonth(), here.getDate() - 1, hour, zone) : today;
  return new Date(at.getTime());
}
