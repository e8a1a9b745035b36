import { plainAnswer, readForm, redirectBack } from "@/lib/http/form";
import { writeRoute } from "@/lib/http/unavailable";
import { currentReader } from "@/lib/readers/current-reader";
import { choices, setSettings, settingsForm } from "@/lib/readers/settings";

/**
 * Target of the settings forms: one or more settings, such as `density=titles`. Redirects to the page the reader came
 * from.
 */
export const POST = writeRoute(async (request: Request) => {
  const parsed = settingsForm.safeParse(await readForm(request));
  if (!parsed.success) {
    const expected = Object.entries(choices).map(([name, values]) => `${name}=${values.join("|")}`);
    return plainAnswer(400, `expected a form with ${expected.join(", ")}.`);
  }
  await setSettings(currentReader(), parsed.data);
  return redirectBack(request);
});
