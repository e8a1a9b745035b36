"use client";

import { Message } from "@/components/message";

export default function ErrorPage() {
  return (
    <Message title="This page could not be made">
      <p>
        The library did not answer. It may be busy with a large scrape: reload this page in a moment. The
        server’s own output says more.
      </p>
    </Message>
  );
}
