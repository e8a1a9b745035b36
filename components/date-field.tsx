/** Goes to a day. Where a script runs, choosing one is enough (components/browser/date-field.ts). */
export function DateField({ day }: { day: string }) {
  return (
    <form action="/papers/date" data-go className="flex items-center gap-1.5 text-soft">
      <label htmlFor="day" className="sr-only">
        Go to day
      </label>
      <input
        id="day"
        type="date"
        name="day"
        required
        defaultValue={day}
        className="h-7 w-29 max-w-full rounded-md border border-edge px-1.5 text-fact max-sm:text-xs sm:w-31"
      />
      {/* Without a submit button, Enter would do nothing. */}
      <button type="submit" hidden />
      <noscript>
        <button type="submit" className="h-7 rounded-md border border-edge px-2 hover:border-ink">
          Go
        </button>
      </noscript>
    </form>
  );
}
