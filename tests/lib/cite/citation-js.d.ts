/** The part of Citation.js that tests use. It comes without types. */
declare module "@citation-js/core" {
  export const plugins: {
    input: { chain(text: string, options: { generateGraph: boolean }): Record<string, unknown>[] };
    config: {
      get(name: "@csl"): {
        styles: { get(style: string): string };
        locales: { get(name: string): string };
      };
    };
  };
}
declare module "@citation-js/plugin-ris";
declare module "@citation-js/plugin-csl";
