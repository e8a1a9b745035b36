/** The id of the reader who sent the current request. There is only one reader so far. */
export const currentReader = (): string => "local";
