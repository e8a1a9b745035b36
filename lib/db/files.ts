/** What is kept beside a library: the listing files of its imports, and the pictures of its papers. */
export const rooms = ["listings", "media"] as const;
export type Room = (typeof rooms)[number];

/** `writtenAt`: Unix milliseconds. */
export type StoredFile = { name: string; bytes: number; writtenAt: number };

/**
 * The files of a room: in a folder beside a library on SQLite, in a table of one on PostgreSQL, so that all its processes
 * have them. A name is relative, with `/` between folders. Every file is whole or not there.
 */
export type Files = {
  /** Where they are, in messages. */
  place: string;
  /** The files of a folder and of those in it, all by default, in no order. */
  list(folder?: string): Promise<StoredFile[]>;
  /** Which of these files are there. */
  having(names: string[]): Promise<Set<string>>;
  /** Null if there is no such file. */
  read(name: string): Promise<Buffer | null>;
  /** Replaces a file of this name. */
  write(name: string, content: Buffer, writtenAt?: number): Promise<void>;
  /** Replaces a file of the new name. Throws if there is none of the old one. */
  rename(name: string, to: string): Promise<void>;
  /** Does nothing if there is no such file. */
  remove(name: string): Promise<void>;
};
