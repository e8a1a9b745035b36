import type { Metadata } from "next";
import { Frame } from "@/components/frame";
import { HelpView } from "@/components/help-view";
import { share } from "@/lib/http/answer";

export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: "Help",
  description: "Keyboard shortcuts, searching, filters, bookmarks, feeds and settings.",
};

export default function HelpPage() {
  share("/help");
  return (
    <Frame>
      <HelpView />
    </Frame>
  );
}
