/** The scenarios that may fail: the id of each, and why. */
export const NOT_YET: Readonly<Record<string, string>> = {};
