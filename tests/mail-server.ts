import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach } from "vitest";

export type Received = { to: string; raw: Buffer };
export type MailServer = { url: string; received: Received[]; close: () => Promise<void> };

/** An error that an SMTP server answers with. */
export const refusal = (responseCode: number, message: string) =>
  Object.assign(new Error(message), { responseCode });

/** Starts a real SMTP server that stores what it receives. `options` make it refuse or fail. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    closeTimeout: 100,
    onData(stream, session, done) {
      buffer(stream).then((raw) => {
        received.push({ to: session.envelope.rcptTo.map(({ address }) => address).join(), raw });
        done();
      }, done);
    },
    ...options,
  });
  server.on("error", () => {}); // clients that are killed
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo; // it listens on a port
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Configures mail for each test of a file, with a server of its own. Both are undone afterwards. */
export function openMailServer() {
  let server: MailServer | undefined;
  afterEach(async () => {
    for (const name of ["SMTP_URL", "MAIL_FROM", "PUBLIC_URL"]) delete process.env[name];
    await server?.close();
    server = undefined;
  });
  return {
    start: async (options: SMTPServerOptions = {}): Promise<Received[]> => {
      await server?.close();
      server = await startMailServer(options);
      process.env.SMTP_URL = server.url;
      process.env.MAIL_FROM = "Papers <papers@broadsheet.example>";
      process.env.PUBLIC_URL = "https://broadsheet.example";
      return server.received;
    },
    url: () => server?.url ?? "",
  };
}
