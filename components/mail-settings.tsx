import { findTest } from "@/lib/digest/test-log";
import { readEnv } from "@/lib/env";
import { framed } from "./add-form";
import { textField } from "./subscribe-form";

/** On the settings page: a test mail, if mail is configured, and webhooks. `test` is the number of a test. */
export async function MailSettings({ test }: { test: unknown }) {
  const isConfigured = readEnv().mail !== null;
  const id = typeof test === "string" && /^\d{1,9}$/.test(test) ? Number(test) : null;
  const result = id === null ? null : await findTest(id);
  const link = "underline decoration-edge underline-offset-3";
  return (
    <section id="mail" className="mt-10 scroll-mt-20 border-rule border-t pt-4">
      <h2 className="font-semibold">{isConfigured ? "Email and webhooks" : "Webhooks"}</h2>
      {isConfigured && (
        <form
          method="post"
          action="/settings/test-mail"
          className="mt-2 flex flex-wrap items-end gap-x-4 gap-y-3"
        >
          <label className="grid min-w-0 grow basis-56 gap-1 sm:max-w-80">
            Your email address
            <input type="email" name="address" required maxLength={254} className={`w-full ${textField}`} />
          </label>
          <button type="submit" className={framed}>
            Send me a test
          </button>
        </form>
      )}
      {result && (
        <p role="status" className="mt-3 border-edge border-l-2 pl-3 wrap-anywhere">
          {result.state === "sent" ? "The mail server took the test mail: " : "Not sent: "}
          {result.answer}
        </p>
      )}
      {isConfigured && (
        <p className="mt-3 text-soft">
          <a href="/digest" className={link}>
            The next mail
          </a>{" "}
          shows what a subscriber gets. Subscribe at the foot of an edition, or of any search.
        </p>
      )}
      <p className="mt-3 text-soft">
        <a href="/webhooks" className={link}>
          Webhooks
        </a>{" "}
        post new papers to Slack, Discord, ntfy or a program of yours.
      </p>
    </section>
  );
}
