import { z } from "zod";
import { isDay } from "../../days";
import { readJson, TooDeepError } from "../json";
import type { Context, Listing } from "../listing";
import { isPython, toHubListing } from "./hf-items";
import { BrokenItem, fieldBeside, salvageItems } from "./hf-salvage";

const archiveSchema = z.looseObject({ data: z.array(z.unknown()), date: z.string().refine(isDay).nullish() });

/**
 * An answer of Hugging Face's `/api/daily_papers`: a list, or one that an archive wrapped in `{status, date, count,
 * data}`. From a damaged one, the complete entries.
 */
export function parseHfApi(body: string, context: Context): Listing | null {
  if (!/^\s*(\[\s*([{"\]]|$)|\{\s*"(status|date|count|data)")/.test(body)) return null;
  let json: unknown;
  try {
    json = readJson(body);
  } catch (error) {
    if (error instanceof TooDeepError) throw new Error(`hf-api: ${error.message}`);
    const items = salvageItems(body);
    if (items.some((item) => !(item instanceof BrokenItem))) {
      return toHubListing("hf-api", items, context, { kind: null, period: fieldBeside(body, "date") });
    }
    throw new Error(`hf-api: expected JSON, got a body that breaks off or is damaged (${message(error)})`);
  }
  const archive = archiveSchema.safeParse(json);
  const items: unknown[] | undefined = Array.isArray(json) ? json : archive.data?.data;
  if (!items) return null;
  const hasPapers =
    items.length === 0 || items.some((item) => isPython(item) || (isObject(item) && "paper" in item));
  const period = archive.data?.date ?? null;
  return hasPapers ? toHubListing("hf-api", items, context, { kind: null, period }) : null;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function message(error: unknown): string {
  return error instanceof Error ? (error.message.split("\n")[0]?.slice(0, 120) ?? "") : String(error);
}
