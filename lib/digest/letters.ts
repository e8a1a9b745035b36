import { escapeHtml } from "../html";

type Letter = { subject: string; text: string; html: string };

/** Asks whoever has an address whether they want a digest. */
export function toConfirmLetter(of: {
  name: string;
  rhythm: "daily" | "weekly";
  link: string;
  site: string;
}): Letter {
  const text = `Confirm your subscription to ${of.name}, ${of.rhythm}: ${of.link}\n`;
  return {
    subject: `Confirm: ${of.name}`.replace(/[\r\n]+/g, " "),
    text,
    html: `<p>${escapeHtml(text)}</p>`,
  };
}

/** Shows that mail is configured. */
export function toTestLetter({ site }: { site: string }): Letter {
  const text = `Mail from ${site} works.\n`;
  return { subject: "A test from Broadsheet", text, html: `<p>${escapeHtml(text)}</p>` };
}
