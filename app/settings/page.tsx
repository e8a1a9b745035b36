import type { Metadata } from "next";
import { Frame } from "@/components/frame";
import { MailSettings } from "@/components/mail-settings";
import { densityNames, orderNames } from "@/components/view-form";
import { findLastChange } from "@/lib/readers/changes";
import { currentReader } from "@/lib/readers/current-reader";
import { readSettings, type Settings } from "@/lib/readers/settings";

export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: "Settings",
  description: "Theme, cards, order, pictures and keyboard shortcuts.",
};

type Choices = {
  [name in keyof Settings]: { title: string; options: Record<Settings[name], string> };
};

const choices: Choices = {
  theme: { title: "Theme", options: { system: "System", light: "Light", dark: "Dark" } },
  density: { title: "Cards show", options: densityNames },
  order: { title: "Order", options: orderNames },
  pictures: { title: "Pictures", options: { on: "On", off: "Off" } },
  markSeen: {
    title: "Mark papers as seen",
    options: {
      auto: "When opened, or scrolled past by touch",
      opened: "Only when opened",
      passed: "Also when passed with j",
      scrolled: "Also when scrolled past",
    },
  },
  keys: { title: "Keyboard shortcuts", options: { on: "On", off: "Off (Ctrl-K still works)" } },
};

/** `test` is the number of a test mail, whose result is shown. */
type Props = { searchParams: Promise<{ test?: unknown }> };

export default async function SettingsPage({ searchParams }: Props) {
  const { test } = await searchParams;
  const settings = await readSettings(currentReader());
  const last = await findLastChange(currentReader());
  return (
    <Frame>
      <div className="max-w-column">
        <header className="border-ink border-b-2 pt-4 pb-3">
          <h1 className="font-display text-3xl sm:text-4xl">Settings</h1>
          <p className="mt-2 text-soft">Saved with your library, so they apply in every browser.</p>
        </header>
        <form
          method="post"
          action="/settings/save"
          data-instant
          className="mt-6 grid gap-x-12 gap-y-7 sm:grid-cols-2"
        >
          {Object.entries(choices).map(([name, { title, options }]) => (
            <fieldset key={name}>
              <legend className="font-semibold">{title}</legend>
              {Object.entries(options).map(([value, label]) => (
                <label key={value} className="flex min-h-7 items-center gap-2.5">
                  <input
                    type="radio"
                    name={name}
                    value={value}
                    defaultChecked={settings[name as keyof Settings] === value /* a key of the same object */}
                    className="accent-ink"
                  />
                  {label}
                </label>
              ))}
            </fieldset>
          ))}
          {/* With a script, each choice is saved at once (components/browser/marks.ts). */}
          <noscript>
            <button type="submit" className="rounded-md border border-edge px-3 py-1.5 hover:border-ink">
              Save
            </button>
          </noscript>
        </form>
        {last && (
          <section className="mt-10 border-rule border-t pt-4">
            <h2 className="font-semibold">Last change</h2>
            <form method="post" action="/undo" className="mt-1 flex flex-wrap items-baseline gap-x-4">
              {/* Filled in by `/me.css` (lib/readers/sheet.ts), because choosing a setting above is a newer change. */}
              <span data-last className="wrap-anywhere" />
              <button type="submit" className="py-1 font-semibold">
                Undo
              </button>
            </form>
          </section>
        )}
        <MailSettings test={test} />
        <p className="mt-10 border-rule border-t pt-4 text-soft">
          See all{" "}
          <a href="/help#keys" className="underline decoration-edge underline-offset-3">
            keyboard shortcuts
          </a>
          .
        </p>
      </div>
    </Frame>
  );
}
