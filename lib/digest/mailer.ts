import { createTransport } from "nodemailer";
import { readSender } from "../mail-address";
import { isPrivateAddress } from "../net/private-address";

export type Letter = { subject: string; text: string; html: string };
export type Mail = Letter & { to: string; messageId: string; headers: Record<string, string> };

export type Mailer = {
  /** Resolves with the server's answer once it took the mail. Otherwise rejects with an error for `describeFailure`. */
  send(mail: Mail): Promise<string>;
  /** How many mails it sends at a time. */
  connections: number;
  verify(): Promise<unknown>;
  close(): void;
};

/** Asks whether a mail server answers and takes the name and password. Rejects with an error for `describeFailure`. */
export async function checkMailServer(smtpUrl: string, from: string): Promise<void> {
  const mailer = openMailer(smtpUrl, from, { connectionTimeout: 10_000, greetingTimeout: 10_000 });
  try {
    await mailer.verify();
  } finally {
    mailer.close();
  }
}

// What the operator may change in the address: smtp://…?maxConnections=1&rateLimit=2
const limits = {
  maxConnections: 3,
  maxMessages: 100,
  rateDelta: 1000,
  rateLimit: 20,
  connectionTimeout: 20_000,
  greetingTimeout: 20_000,
  socketTimeout: 60_000,
};

/** Whether a password must not go over an open connection: beyond a private network. `requireTLS` in the address decides instead. */
export function needsTls(smtpUrl: string): boolean {
  const { hostname, password } = new URL(smtpUrl);
  return password !== "" && hostname !== "localhost" && !isPrivateAddress(hostname);
}

/** Opens connections to a mail server as they are needed. `from` is the sender, with or without a name. */
export function openMailer(smtpUrl: string, from: string, timeouts: Partial<typeof limits> = {}): Mailer {
  const sender = readSender(from);
  if (!sender) throw new Error(`expected a sender, got "${from}"`);
  const { searchParams } = new URL(smtpUrl);
  const transport = createTransport({
    ...limits,
    ...timeouts,
    pool: true,
    requireTLS: needsTls(smtpUrl),
    url: smtpUrl,
    // Whether a mail is sent again is for the queue to decide, which knows what may have arrived.
    maxRequeues: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    connections: Number(searchParams.get("maxConnections")) || limits.maxConnections,
    async send({ to, subject, text, html, messageId, headers }) {
      const { response } = await transport.sendMail({
        envelope: { from: sender.address, to },
        from: sender,
        to: { name: "", address: to },
        ...{ subject, text, html, messageId, headers },
        // Lines of ASCII and of any server's length, whatever the text.
        textEncoding: "quoted-printable",
        xMailer: false,
      });
      return response;
    },
    verify: () => transport.verify(),
    close: () => transport.close(),
  };
}
