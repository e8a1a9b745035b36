/** The reader that a request is from. There is one so far; accounts will decide it here. */
export const currentReader = (): string => "local";
