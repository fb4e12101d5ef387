/** The cases that may fail for now: the id of each, and the reason in one sentence. None is left. */
export const NOT_YET: Readonly<Record<string, string>> = {};
