import { Message } from "@/components/message";

export default function NotFound() {
  return (
    <Message title="There is no such page">
      <p>The address may be misspelt, or name a day that no calendar has.</p>
      <p>
        Go to the <a href="/">latest edition</a>, or <a href="/papers">search the library</a>.
      </p>
    </Message>
  );
}
