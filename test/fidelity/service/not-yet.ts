/** The scenarios that may fail: the id of each, and why. */
export const NOT_YET: Readonly<Record<string, string>> = {
  "timing/ids-at-once": "records are made 80 ms after the send, and a call takes no time",
  "timing/targets-ids-at-once": "targets that list ids are expanded as late as tags",
  "timing/next-in-line": "a reply takes a second, so that the next process starts later",
};
