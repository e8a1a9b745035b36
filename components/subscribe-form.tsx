import { maxSubscribedQuery } from "@/lib/digest/subscribable";
import { framed } from "./add-form";

/** Why nobody was subscribed, by the name that app/subscribe/send puts into the address. */
export const subscribeProblems = {
  address: "Expected an address like name@example.org, got something else.",
  search: `Expected a search of at most ${maxSubscribedQuery} characters, without web addresses and without conditions on your own library.`,
  sender: "Too many requests from your network are waiting to be confirmed. Try again tomorrow.",
  full: "Too many requests are waiting to be confirmed. Try again tomorrow.",
  closed: "Only readers in the network of this site can subscribe.",
  form: "Expected the form of this page, got something else. Try again.",
} as const;

export const textField = "rounded-md border border-edge bg-raised px-3 py-1.5 text-ink";

/** Asks for an address and how often. `q` is the search, empty for the edition. */
export function SubscribeForm({ q }: { q: string }) {
  return (
    <form method="post" action="/subscribe/send" className="mt-2 flex flex-wrap items-end gap-x-4 gap-y-3">
      <input type="hidden" name="q" value={q} />
      <label className="grid min-w-0 grow basis-56 gap-1 sm:max-w-80">
        Email address
        <input
          type="email"
          name="address"
          required
          maxLength={254}
          autoComplete="email"
          className={`w-full ${textField}`}
        />
      </label>
      <label className="grid gap-1">
        How often
        <select name="rhythm" className={textField}>
          <option value="daily">Daily</option>
          <option value="weekly">Weekly</option>
        </select>
      </label>
      <button type="submit" className={framed}>
        Subscribe
      </button>
    </form>
  );
}
