import { z } from "zod";
import { database } from "../db/client";
import { change } from "./changes";

/** The choices of each setting. The first is the default. */
export const choices = {
  /** How much a card shows. */
  density: ["compact", "titles", "full"],
  theme: ["system", "light", "dark"],
  /** The order of an edition. */
  order: ["hub", "upvotes", "newest"],
  pictures: ["on", "off"],
  keys: ["on", "off"],
  /**
   * What marks a paper as seen: opening it, also passing it with `j`, also scrolling past it. `auto`: opening it, and on
   * a touch screen also scrolling past it.
   */
  markSeen: ["auto", "opened", "passed", "scrolled"],
} as const;

const shape = {
  density: z.enum(choices.density).catch("compact"),
  theme: z.enum(choices.theme).catch("system"),
  order: z.enum(choices.order).catch("hub"),
  pictures: z.enum(choices.pictures).catch("on"),
  keys: z.enum(choices.keys).catch("on"),
  markSeen: z.enum(choices.markSeen).catch("auto"),
};
const settingsSchema = z.object(shape);

export type Settings = z.infer<typeof settingsSchema>;

/** A reader's settings. A value that this version does not know becomes the default. */
export async function readSettings(reader: string): Promise<Settings> {
  const { settings } = await database().reader.findUniqueOrThrow({ where: { id: reader } });
  return settingsSchema.parse(JSON.parse(settings));
}

/** Changes some settings. Can be undone. Throws a ZodError for an unknown value. */
export async function setSettings(reader: string, wanted: Partial<Settings>): Promise<void> {
  await change(reader, "settings", async ({ tx }) => {
    const { settings } = await tx.reader.findUniqueOrThrow({ where: { id: reader } });
    const before = settingsSchema.parse(JSON.parse(settings));
    const changed = Object.entries(before).filter(
      ([name, value]) => (wanted[name as keyof Settings] ?? value) !== value, // names of settings
    );
    if (changed.length === 0) return null;
    const after = JSON.stringify({ ...before, ...wanted });
    await tx.reader.update({ where: { id: reader }, data: { settings: after } });
    return { settings: Object.fromEntries(changed) };
  });
}

/** A settings form: some of the settings, each with one of its choices. */
export const settingsForm = z
  .object({
    density: z.enum(choices.density),
    theme: z.enum(choices.theme),
    order: z.enum(choices.order),
    pictures: z.enum(choices.pictures),
    keys: z.enum(choices.keys),
    markSeen: z.enum(choices.markSeen),
  })
  .partial();
