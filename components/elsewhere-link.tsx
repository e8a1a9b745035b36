"use client";

// A page that was not found is given no parameters; only a client component is told the address.
import { usePathname } from "next/navigation";
import { toArxivId } from "@/lib/arxiv-id";
import { arxivLinks } from "@/lib/papers/links";

/** Leads on to arXiv where the address that was not found is an arXiv id. */
export function ElsewhereLink() {
  const id = toArxivId(usePathname().replace(/^\/papers\//, ""));
  return id === null ? null : (
    <p>
      If it exists, it stands at <a href={arxivLinks(id).abstract}>arXiv: {id}</a>.
    </p>
  );
}
