/** The address of a paper's page. An old arXiv id keeps its slash. */
export function paperPath(id: string): string {
  return `/papers/${id.split("/").map(encodeURIComponent).join("/")}`;
}
