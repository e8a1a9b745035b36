/** Identifies a version of an answer, for conditional requests: its `ETag` and `Last-Modified`, unchanged. */
export type Validator = { etag?: string; lastModified?: string };

/** The validators of saved answers, by address. Each implementation says how long it remembers. */
export type Validators = {
  get(url: string): Promise<Validator | undefined>;
  set(url: string, validator: Validator): Promise<void>;
};
