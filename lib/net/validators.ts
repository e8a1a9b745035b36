/** What an answer is known by, for asking whether it has changed: its `ETag` and its `Last-Modified`, as they came. */
export type Validator = { etag?: string; lastModified?: string };

/** The validators of what was read and saved, by address. Each keeper says how long it remembers. */
export type Validators = {
  get(url: string): Promise<Validator | undefined>;
  set(url: string, validator: Validator): Promise<void>;
};
