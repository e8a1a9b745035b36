export function deriveTags(_title: string, _abstract: string | null): string[] {
  return [];
}
