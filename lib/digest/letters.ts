import { looks, toDocument, toFoot } from "./layout";
import { markup } from "./markup";
import { toLine } from "./words";
import { columns, wrap } from "./wrap";

/** A mail without addresses. */
export type Letter = { subject: string; text: string; html: string };

type Parts = {
  subject: string;
  paragraphs: string[];
  button: { name: string; address: string } | null;
  reason: string;
  site: string;
};

/** Asks whoever reads mail at an address whether they subscribed. */
export function toConfirmLetter(of: {
  name: string;
  rhythm: "daily" | "weekly";
  link: string;
  site: string;
}): Letter {
  const name = toHarmlessName(of.name);
  return toLetter({
    subject: `Confirm your subscription to ${name}`,
    paragraphs: [
      `Somebody, probably you, asked for a ${of.rhythm} mail of ${name} at this address. To get it, open this page and confirm. The link works for 48 hours.`,
    ],
    button: { name: "Confirm subscription", address: of.link },
    reason: "If this was not you, ignore this mail. You will get no others.",
    site: of.site,
  });
}

/** Shows that mail is set up. */
export function toTestLetter({ site }: { site: string }): Letter {
  return toLetter({
    subject: "Test mail from Broadsheet",
    paragraphs: ["Mail works: this Broadsheet can send digests."],
    button: null,
    reason: "You get this mail because somebody pressed “Send me a test”.",
    site,
  });
}

const maxName = 60;

/**
 * Anybody can ask for this mail to any address, with a name of their choice. A name that a mail program could turn into a link is left
 * out, so that nobody can send advertisements.
 */
function toHarmlessName(name: string): string {
  const line = toLine(name, maxName);
  return /[\p{L}\p{N}]\.\p{L}|:\/\/|\b(?:mailto|tel|sms|data|javascript|https?):|@/iu.test(line)
    ? "a search"
    : `“${line}”`;
}

function toLetter({ subject, paragraphs, button, reason, site }: Parts): Letter {
  const text = [
    ...paragraphs.map((one) => wrap(one)),
    ...(button ? [button.address] : []),
    "-".repeat(columns),
    `${wrap(reason)}\nBroadsheet: ${site}`,
  ];
  const rows = [
    markup`<tr><td>
<h1 ${looks.lead}>${subject}</h1>
${paragraphs.map((one) => markup`<p ${looks.text}>${one}</p>`)}
${button && markup`<p ${looks.text}><a ${looks.button} href="${button.address}">${button.name}</a></p>`}
</td></tr>`,
    toFoot(reason, [{ name: new URL(site).host, address: site }]),
  ];
  const html = toDocument({ title: subject, preview: paragraphs.join(" "), rows });
  return { subject, text: `${text.join("\n\n")}\n`, html };
}
