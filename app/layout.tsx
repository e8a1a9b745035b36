import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import type { ReactNode } from "react";
import { MarkIcons } from "@/components/mark-buttons";
import { Toasts } from "@/components/toasts";
import { readEnv } from "@/lib/env";
import { readPageScripts } from "@/lib/http/page-scripts";
import "./globals.css";

// Subsets made by scripts/setup/subset-fonts.mjs. Optional: a font that arrives late would move the text, so it is used from
// the next page on.
const display = localFont({
  src: "./fonts/newsreader-display.woff2",
  variable: "--font-newsreader-display",
  weight: "500",
  display: "optional",
  adjustFontFallback: "Times New Roman",
});
const text = localFont({
  src: "./fonts/newsreader-text.woff2",
  variable: "--font-newsreader-text",
  weight: "400",
  display: "optional",
  adjustFontFallback: "Times New Roman",
});
const inter = localFont({
  src: "./fonts/inter.woff2",
  variable: "--font-inter",
  weight: "400 600",
  display: "optional",
});

export function generateMetadata(): Metadata {
  return {
    title: { default: "Broadsheet", template: "%s · Broadsheet" },
    description: "The day’s research papers, in your own library.",
    robots: { index: readEnv().indexing }, // by default, keep a private instance out of search engines
  };
}

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fcfaf6" },
    { media: "(prefers-color-scheme: dark)", color: "#15120f" },
  ],
};

const pageScripts = readPageScripts();

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={`${display.variable} ${text.variable} ${inter.variable}`}>
      <head>
        {/* Its type tells it from Next's scripts, like those at the end (lib/http/without-next-client.ts). */}
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant; a script's text is not escaped */}
        <script type="text/javascript" dangerouslySetInnerHTML={{ __html: pageScripts.earlyKeys }} />
      </head>
      <body className="flex min-h-dvh flex-col">
        <MarkIcons />
        {children}
        <Toasts />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant; a script's text is not escaped */}
        <script type="speculationrules" dangerouslySetInnerHTML={{ __html: pageScripts.speculation }} />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant; a script's text is not escaped */}
        <script type="module" dangerouslySetInnerHTML={{ __html: pageScripts.island }} />
      </body>
    </html>
  );
}
