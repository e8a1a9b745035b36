import type { Metadata } from "next";
import { Frame } from "@/components/frame";
import { Message } from "@/components/message";

export const metadata: Metadata = { title: "Not to be had just now" };

/** What the front shows, as a 503, where a page could not be made. It uses nothing of the library. */
export default function UnavailablePage() {
  return (
    <Frame reads={false}>
      <Message title="This page cannot be made just now">
        <p>
          The library did not answer: its file may have been moved, or a large scrape may hold it. Nothing is
          lost by waiting, and pages that were read lately are still here.
        </p>
        <p>
          Reload it in a moment; what the server itself says tells more. Or go to the{" "}
          <a href="/">latest edition</a>.
        </p>
      </Message>
    </Frame>
  );
}
