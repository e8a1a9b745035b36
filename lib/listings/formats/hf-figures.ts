import { z } from "zod";
import { publicAddress } from "../public-address";

const addresses = z.union([z.string().transform((one) => [one]), z.array(z.unknown())]).catch([]);
const media = { mediaUrls: addresses, mediaUrl: addresses };
const itemSchema = z.looseObject({ ...media, paper: z.looseObject(media) });

// A paper's page shows them one below the other. The most that a real entry named is 5.
const maxFigures = 4;
const maxLength = 2000;
// Videos and documents, which Hugging Face lists among the pictures.
const otherFiles = /\.(mp4|m4v|mov|qt|webm|ogv|ogg|avi|mkv|mp3|wav|pdf|html?|json|txt)$/i;
// In 2024 the only picture of an entry was a card with its title, made by Hugging Face.
const titleCards = /^https:\/\/cdn-thumbnails\.huggingface\.co\/social-thumbnails\//;

/** The addresses of the pictures that a stored Hugging Face item names, in its order. Videos are left out. */
export function hubFigures(source: unknown): string[] {
  const item = itemSchema.safeParse(source);
  if (!item.success) return [];
  const { mediaUrls, mediaUrl, paper } = item.data;
  const named = [mediaUrls, mediaUrl, paper.mediaUrls, paper.mediaUrl].flat().flatMap(pictureAddress);
  return [...new Set(named)].slice(0, maxFigures);
}

/** The address in its normal form; none if it cannot be that of a picture, or contains a token. */
function pictureAddress(text: unknown): string[] {
  if (typeof text !== "string" || text.length > maxLength || text.includes("…")) return [];
  const address = publicAddress(text);
  if (address === null || !/^https?:/i.test(address) || !URL.canParse(address)) return [];
  const url = new URL(address);
  url.hash = "";
  return otherFiles.test(url.pathname) || titleCards.test(url.href) ? [] : [url.href];
}
