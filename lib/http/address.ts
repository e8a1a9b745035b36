/** The path (decoded, without `.` and `..`) and query of a request's address, as Next will read it. */
export type Address = { path: string; query: URLSearchParams };

/** Null for a path that is malformed: a broken escape, or a zero byte. */
export function toAddress(url: string): Address | null {
  const [raw = "", query = ""] = url.split(/\?(.*)/s);
  if (!raw.startsWith("/")) return null;
  let decoded: string;
  try {
    decoded = decodeURIComponent(raw);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
  if (decoded.includes("\0")) return null;
  const steps: string[] = [];
  for (const step of decoded.replaceAll("\\", "/").split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "" && step !== ".") steps.push(step);
  }
  return { path: `/${steps.join("/")}`, query: new URLSearchParams(query) };
}
