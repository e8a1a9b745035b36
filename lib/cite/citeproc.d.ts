/** The part of citeproc that we use. It comes without types. */
declare module "citeproc" {
  type System = { retrieveLocale: (language: string) => string; retrieveItem: (id: string) => object };
  type Engine = {
    setOutputFormat(format: "text" | "html"): void;
    updateItems(ids: string[]): void;
    /** The entries in their order. False if the style has no bibliography. */
    makeBibliography(): [parameters: object, entries: string[]] | false;
  };
  const CSL: {
    Engine: new (system: System, style: string, language: string, forceLanguage: boolean) => Engine;
  };
  export default CSL;
}
