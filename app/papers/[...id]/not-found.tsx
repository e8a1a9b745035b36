import { ElsewhereLink } from "@/components/elsewhere-link";
import { Message } from "@/components/message";

export default function PaperNotFound() {
  return (
    <Message title="No such paper here">
      <p>The library has no paper of this address. It may not have been read yet.</p>
      <ElsewhereLink />
      <p>
        <a href="/papers">Search the library</a>, or go to the <a href="/">latest edition</a>.
      </p>
    </Message>
  );
}
