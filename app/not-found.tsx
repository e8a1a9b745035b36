import { PageNotFound } from "@/components/not-found-views";

/** Next renders this along with every page, so it must not need the library. Unknown addresses have app/[...path]. */
export default function NotFound() {
  return <PageNotFound usesLibrary={false} />;
}
