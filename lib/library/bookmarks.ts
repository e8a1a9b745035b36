/** Sets or clears the local reader's bookmark; false where no paper has this id (former ids are followed). */
export declare function setBookmark(id: string, kept: boolean): Promise<boolean>;
