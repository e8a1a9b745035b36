import type { Metadata } from "next";
import { TitledPage } from "@/components/titled-page";
import { WebhooksView, webhookProblems } from "@/components/webhooks-view";
import { findWebhooks } from "@/lib/digest/webhooks";
import { currentReader } from "@/lib/readers/current-reader";

export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: "Webhooks",
  description: "New papers posted to Slack, Discord, ntfy or a program of yours.",
};

type Props = { searchParams: Promise<{ problem?: unknown }> };

export default async function WebhooksPage({ searchParams }: Props) {
  const { problem } = await searchParams;
  return (
    <TitledPage title="Webhooks">
      <WebhooksView
        webhooks={await findWebhooks(currentReader())}
        problem={isProblem(problem) ? problem : null}
      />
    </TitledPage>
  );
}

const isProblem = (name: unknown): name is keyof typeof webhookProblems =>
  typeof name === "string" && Object.hasOwn(webhookProblems, name);
