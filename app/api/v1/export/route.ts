import { type ExportFormatName, exportFormats } from "@/lib/cite/export-formats";
import { streamed } from "@/lib/http/answer";
import { refuse } from "@/lib/http/refuse";
import { siteAddress } from "@/lib/http/site-address";
import { readFilter } from "@/lib/papers/filter";
import { currentReader } from "@/lib/readers/current-reader";
import { exportPapers } from "@/lib/readers/export-papers";

const isFormat = (name: string): name is ExportFormatName => name in exportFormats;

/** The papers of a filter as a file, all of them, streamed. 400 for an unknown format and for the first invalid value. */
export async function GET(request: Request): Promise<Response> {
  const params = new URL(request.url).searchParams;
  const { filter, problems } = readFilter(params);
  const name = params.get("format") ?? "";
  if (!Object.hasOwn(exportFormats, name) || !isFormat(name))
    return refuse({ field: "format", got: name, expected: Object.keys(exportFormats).join(" or ") });
  if (problems[0]) return refuse(problems[0]);
  const { write, mimeType, extension } = exportFormats[name];
  const exportedAt = new Date();
  const siteUrl = siteAddress(request.headers.get("host"));
  const parts = write(exportPapers(currentReader(), filter), { siteUrl, exportedAt });
  return new Response(streamed(inChunks(parts)), {
    headers: {
      "Content-Type": extension === "zip" ? mimeType : `${mimeType}; charset=utf-8`,
      "Content-Disposition": `attachment; filename="${toFileName(filter.q, exportedAt)}.${extension}"`,
      "Cache-Control": "private, no-store",
    },
  });
}

/** `broadsheet-weight-sharing-2026-08-21`. */
function toFileName(q: string, at: Date): string {
  const about = (q.toLowerCase().match(/[a-z0-9]+/g) ?? []).join("-").slice(0, 60);
  return ["broadsheet", about, at.toISOString().slice(0, 10)].filter((part) => part !== "").join("-");
}

// Small writes cost more than their content.
const chunkSize = 64 * 1024;

async function* inChunks(parts: AsyncGenerator<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  let chunks: Uint8Array[] = [];
  let size = 0;
  for await (const part of parts) {
    const bytes = typeof part === "string" ? Buffer.from(part) : part;
    chunks.push(bytes);
    size += bytes.length;
    if (size < chunkSize) continue;
    yield new Uint8Array(Buffer.concat(chunks));
    [chunks, size] = [[], 0];
  }
  if (size > 0) yield new Uint8Array(Buffer.concat(chunks));
}
