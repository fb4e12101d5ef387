import type { Verdict } from "../../../src/explore/index.ts";
import type { RunOfPattern } from "./record.ts";

/** What may come of a run, in the order of the table and the picture, and what it means there. */
export const VERDICTS = {
  right: "what it said is what came",
  lied: "it said that all is well, and it was not, or not yet",
  falseAlarm: "it said that the command failed, and it succeeded",
  hung: "it did not return in the three hours after the end",
  sentTwice: "it sent the same command twice",
  threw: "it threw an error of its own, although the command succeeded",
  leftRunning: "it returned while the command was running",
} as const satisfies Record<Verdict | "right", string>;

/** The names of {@link VERDICTS}. */
export const VERDICT_NAMES = Object.keys(VERDICTS) as readonly (keyof typeof VERDICTS)[];

/** How often each came. */
export function countsOf(
  runs: Iterable<RunOfPattern>,
): Readonly<Record<RunOfPattern["verdict"], number>> {
  const all = [...runs];
  const count = (name: string) => all.filter(({ verdict }) => verdict === name).length;
  return {
    right: count("right"),
    lied: count("lied"),
    falseAlarm: count("falseAlarm"),
    hung: count("hung"),
    sentTwice: count("sentTwice"),
    threw: count("threw"),
    leftRunning: count("leftRunning"),
  };
}
