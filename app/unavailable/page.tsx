import type { Metadata } from "next";
import { Frame } from "@/components/frame";
import { Message } from "@/components/message";
import { unknownReason } from "@/lib/http/unavailable";

export const metadata: Metadata = { title: "Not available right now" };

/** What the front shows, as a 503, where something could not be done. It uses nothing of the library. */
export default function UnavailablePage() {
  return (
    <Frame reads={false}>
      <Message title="Not available right now">
        <p>{unknownReason}</p>
        <p>
          If you were saving something, it was not saved: go back and try again. Reload a page in a moment;
          pages you read recently still work.
        </p>
        <p>
          Or go to the <a href="/">latest edition</a>.
        </p>
      </Message>
    </Frame>
  );
}
