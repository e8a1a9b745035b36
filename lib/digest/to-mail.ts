import { escapeHtml } from "../html";
import type { Digest } from "./find-digest";

/** A digest as a mail. Links are absolute. `manage` and `leave` are this subscriber's addresses. */
export async function toMail(
  digest: Digest,
  { site, manage, leave }: { site: string; manage: string; leave: string },
): Promise<{ subject: string; text: string; html: string }> {
  const papers = [...(digest.lead ? [digest.lead] : []), ...digest.groups.flatMap((group) => group.papers)];
  const titles = papers.map(({ title }) => title);
  return {
    subject: `${digest.name}, ${digest.day}: ${papers.length} papers`.replace(/[\r\n]+/g, " "),
    text: `${titles.join("\n")}\n\n${site}\nManage: ${manage}\nLeave: ${leave}\n`,
    html: `<ul>${titles.map((title) => `<li>${escapeHtml(title)}</li>`).join("")}</ul><a href="${manage}">Manage</a> <a href="${leave}">Leave</a>`,
  };
}
