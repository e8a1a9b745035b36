import { comeBack, readForm, sayPlainly } from "@/lib/http/form";
import { writing } from "@/lib/http/unavailable";
import { askedSettings, choices, setSettings } from "@/lib/readers/settings";
import { whoIsAsking } from "@/lib/readers/who-is-asking";

/** What a form of settings posts: some of them, `density=titles` say. Answers 303 to the page it came from. */
export const POST = writing(async (request: Request) => {
  const parsed = askedSettings.safeParse(await readForm(request));
  if (!parsed.success) {
    const expected = Object.entries(choices).map(([name, values]) => `${name}=${values.join("|")}`);
    return sayPlainly(400, `expected a form with ${expected.join(", ")}.`);
  }
  await setSettings(whoIsAsking(), parsed.data);
  return comeBack(request);
});
