import type { Metadata } from "next";
import { Frame } from "@/components/frame";
import { Message } from "@/components/message";
import { unknownReason } from "@/lib/http/unavailable";

export const metadata: Metadata = { title: "Temporarily unavailable" };

/** The front shows this page with status 503 if a request could not be handled. It must work without the library. */
export default function UnavailablePage() {
  return (
    <Frame usesLibrary={false}>
      <Message title="Temporarily unavailable">
        <p>{unknownReason}</p>
        <p>
          Reload the page in a moment. If you were changing something, it was not saved: go back and try
          again. Pages you opened recently still work.
        </p>
        <p>
          Go to the <a href="/">latest edition</a>.
        </p>
      </Message>
    </Frame>
  );
}
