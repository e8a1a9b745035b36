"use client";

import { useEffect, useState } from "react";
import { rememberList, showNeighbours } from "./came-from";
import { watchMarks } from "./marks";

/** The one island of every page: clicks on a bookmark answer at once, and a paper knows the list one came from. */
export function Island() {
  const [failure, setFailure] = useState("");
  useEffect(() => {
    showNeighbours();
    const stopMarks = watchMarks(setFailure);
    document.addEventListener("click", rememberList);
    addEventListener("pageshow", showNeighbours);
    return () => {
      stopMarks();
      document.removeEventListener("click", rememberList);
      removeEventListener("pageshow", showNeighbours);
    };
  }, []);
  return (
    <p
      role="status"
      className="fixed inset-x-4 bottom-4 mx-auto w-fit max-w-xl rounded-md border border-accent bg-page px-4 py-2 text-ink empty:hidden print:hidden"
    >
      {failure}
    </p>
  );
}
