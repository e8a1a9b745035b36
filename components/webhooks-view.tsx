import { nameOf } from "@/lib/digest/series";
import type { findWebhooks, webhookKinds } from "@/lib/digest/webhooks";
import { maxWebhooks } from "@/lib/digest/webhooks";
import { framed } from "./add-form";
import { Deliveries } from "./deliveries";
import { textField } from "./subscribe-form";

/** Why a webhook was not added, by the name that app/webhooks/save puts into the address. */
export const webhookProblems = {
  url: "Expected an https or http address on the public internet. For one in your own network, set WEBHOOKS_PRIVATE=on.",
  search:
    "Expected a search of at most 200 characters, without web addresses and without conditions on your own library.",
  several: `Expected at most ${maxWebhooks} webhooks. Delete one first.`,
} as const;

const kinds: Record<(typeof webhookKinds)[number], string> = {
  json: "JSON",
  slack: "Slack",
  discord: "Discord",
  ntfy: "ntfy",
};

type Webhook = Awaited<ReturnType<typeof findWebhooks>>[number];
type Props = { webhooks: Webhook[]; problem: keyof typeof webhookProblems | null };

/** A reader's webhooks with their deliveries, and a form to add one. */
export function WebhooksView({ webhooks, problem }: Props) {
  return (
    <>
      <p className="mt-4 max-w-measure text-soft text-pretty">
        Once an edition is complete, its new papers are posted to each of these addresses.
      </p>
      {problem && (
        <p id="problem" role="alert" tabIndex={-1} className="mt-5 border-edge border-l-2 pl-3">
          {webhookProblems[problem]}
        </p>
      )}
      {webhooks.map((webhook) => (
        <WebhookSection key={webhook.id} webhook={webhook} />
      ))}
      <h2 className="mt-8 font-semibold">Add a webhook</h2>
      <form method="post" action="/webhooks/save" className="mt-2 grid max-w-measure gap-4">
        <input type="hidden" name="do" value="add" />
        <label className="grid gap-1">
          Name
          <input name="name" required maxLength={100} className={`w-full ${textField}`} />
        </label>
        <label className="grid gap-1">
          Address
          <input name="url" type="url" required maxLength={2000} className={`w-full ${textField}`} />
        </label>
        <label className="grid gap-1">
          Format
          <select name="kind" className={`w-fit ${textField}`}>
            {Object.entries(kinds).map(([kind, name]) => (
              <option key={kind} value={kind}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label className="grid gap-1">
          Search (empty for the whole edition)
          <input name="q" maxLength={200} className={`w-full ${textField}`} />
        </label>
        <button type="submit" className={`${framed} w-fit`}>
          Add
        </button>
      </form>
    </>
  );
}

function WebhookSection({ webhook }: { webhook: Webhook }) {
  const { id, name, url, kind, q, secret, disabledAt, deliveries } = webhook;
  return (
    <section
      id={`webhook-${id}`}
      aria-labelledby={`name-${id}`}
      className="mt-6 scroll-mt-20 border-rule border-t pt-4"
    >
      <h2 id={`name-${id}`} className="font-semibold wrap-anywhere">
        {name}
      </h2>
      <p className="text-soft wrap-anywhere">
        {kinds[kind as keyof typeof kinds /* checked when it was added */]} · {nameOf(q, "daily")} · {url}
      </p>
      {disabledAt && (
        <p className="mt-1 border-edge border-l-2 pl-3">
          Disabled, because several messages in a row failed.
        </p>
      )}
      <details className="mt-1">
        <summary className="w-fit cursor-pointer py-1">Secret</summary>
        <code className="wrap-anywhere">{secret}</code>
        <p className="text-faint text-xs">
          Verifies the header webhook-signature, as{" "}
          <a href="https://www.standardwebhooks.com" className="underline decoration-edge underline-offset-3">
            Standard Webhooks
          </a>{" "}
          describes.
        </p>
      </details>
      <form method="post" action="/webhooks/save" className="mt-2 flex flex-wrap gap-3">
        <input type="hidden" name="id" value={id} />
        <button type="submit" name="do" value="test" className={framed}>
          Send a test
        </button>
        {disabledAt && (
          <button type="submit" name="do" value="enable" className={framed}>
            Enable
          </button>
        )}
        <button type="submit" name="do" value="delete" className={framed}>
          Delete
        </button>
      </form>
      <Deliveries deliveries={deliveries} other="Test" />
    </section>
  );
}
