import { comeBack, readForm, sayPlainly } from "@/lib/http/form";
import { writing } from "@/lib/http/unavailable";
import { askedSettings, choices, setSettings } from "@/lib/readers/settings";
import { whoIsAsking } from "@/lib/readers/who-is-asking";

/**
 * Target of the settings forms: one or more settings, such as `density=titles`. Redirects to the page the reader came
 * from.
 */
export const POST = writing(async (request: Request) => {
  const parsed = askedSettings.safeParse(await readForm(request));
  if (!parsed.success) {
    const expected = Object.entries(choices).map(([name, values]) => `${name}=${values.join("|")}`);
    return sayPlainly(400, `expected a form with ${expected.join(", ")}.`);
  }
  await setSettings(whoIsAsking(), parsed.data);
  return comeBack(request);
});
