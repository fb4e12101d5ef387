import { readFileSync, writeFileSync } from "node:fs";

const FOLDER = new URL("../../examples/expected/", import.meta.url);

/** Where an example leads: to the fake, or with `--aws` to whatever the environment names. */
export type Road = "fake" | "aws";

/**
 * The output that is in the folder. With `UPDATE_EXAMPLES=1` what was printed is written there first.
 *
 * @throws Error when there is none.
 */
export function expectedOutput(file: string, { road, printed, isGood }: Printed): string {
  const url = new URL(`${file.replace(/\..*$/, "")}${road === "aws" ? ".aws" : ""}.txt`, FOLDER);
  if (isGood && process.env["UPDATE_EXAMPLES"] !== undefined) writeFileSync(url, printed);
  return readFileSync(url, "utf8");
}

/** What can be compared: over HTTP it depends on the machine which bars of progress are seen, except for the last one. */
export function comparable(printed: string, road: Road): string {
  return road === "fake" ? printed : printed.replace(/^\[[#.]*\.[#.]*\].*\n/gm, "");
}

interface Printed {
  readonly road: Road;
  readonly printed: string;
  /** Whether the example ended well: the output of one that failed is never written. */
  readonly isGood: boolean;
}
