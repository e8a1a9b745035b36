import { printable } from "../printable";

/** What kept a mail from being sent. */
export type MailFailure = {
  /** In one line. */
  why: string;
  /**
   * Whose fault it is: the receiver's, whose server does not want the mail; the mail's own; or the server's that sends,
   * which then sends no other either.
   */
  of: "receiver" | "mail" | "server";
  /** Whether it would happen again. */
  isFinal: boolean;
};

type SmtpError = Error & { code?: string; command?: string; responseCode?: number; response?: string };

/** What an error of `Mailer.send` means. */
export function describeFailure(error: unknown): MailFailure {
  if (!(error instanceof Error)) throw error;
  const { code = "", command = "", responseCode = 0, response = "", message }: SmtpError = error;
  const answer = printable(response.replace(/\s+/g, " ").trim()).slice(0, 300);
  const line = printable(message.replace(/\s+/g, " ")).slice(0, 300);
  const isFinal = responseCode >= 500;
  if (command === "RCPT TO" && responseCode > 0)
    return { why: `the address was refused: ${answer}`, of: "receiver", isFinal };
  if (command === "DATA" && responseCode > 0)
    return { why: `the mail was refused: ${answer}`, of: "mail", isFinal };
  const server = (why: string): MailFailure => ({ why, of: "server", isFinal: false });
  if (command === "MAIL FROM" && responseCode > 0)
    return server(`the mail server refuses this sender (MAIL_FROM): ${answer}`);
  if (code === "EAUTH") return server(`the mail server refuses the login in SMTP_URL: ${answer || line}`);
  if (/certificate|altnames/i.test(message))
    return server(`the mail server's certificate is not trusted: ${line}`);
  if (code === "EDNS" || /ENOTFOUND|EAI_AGAIN/.test(message))
    return server(`could not find the mail server: ${line}`);
  if (/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH/.test(message))
    return server("could not connect to the mail server");
  if (code === "ETIMEDOUT") return server(`the mail server did not answer in time: ${line}`);
  if (responseCode > 0) return server(`the mail server refused: ${answer}`);
  if (/^(ECONNECTION|ECONNRESET|ESOCKET|EPIPE|ETLS|EPROTOCOL)$/.test(code))
    return server(`lost the connection to the mail server: ${line}`);
  return { why: `the mail could not be sent: ${line}`, of: "mail", isFinal: true };
}
