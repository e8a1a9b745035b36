const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const characters = new Map(Object.entries(entities).map(([character, entity]) => [entity, character]));

/** A text as HTML shows it, between tags or in an attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (one) => entities[one as keyof typeof entities]); // the form finds no others
}

/** The text of what `escapeHtml` made. */
export function unescapeHtml(html: string): string {
  return html.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => characters.get(entity) ?? entity);
}
