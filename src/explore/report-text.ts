import { type Verdict as Found, refuseMore, shortLines } from "../fake/assertions/verdict.ts";
import { shownGiven } from "../fake/check-fake.ts";
import type { ExploreReport, WrongWorld } from "./report.ts";
import { RANDOM_NAME } from "./world.ts";

/** A report, as far as it is looked at: that of the other module system has the same. */
export type SomeReport = Pick<ExploreReport, "ran" | "seed" | "wrong">;

/** How many worlds are listed. */
const MOST_LISTED = 20;
/** The most characters of what is said of a world in the list: what was thrown may be long. */
const MOST_CHARACTERS = 400;
/** How wide the verdicts are, with a space behind the longest. */
const VERDICT_WIDTH = 13;

/** Where a report is asked for. */
interface Asked {
  /** Arguments that there should not be. */
  readonly more: readonly unknown[];
  /** Such as `toBeClean()`. */
  readonly place: string;
  /** What to give it instead of something that is no report. */
  readonly advice: string;
}

/** Whether a function is wrong in no world. What is given is checked: types are not everybody's. */
export function cleanVerdict(report: SomeReport, { more, place, advice }: Asked): Found {
  if (!isReport(report)) throw new TypeError(`${place} was given ${shownGiven(report)}. ${advice}`);
  refuseMore(more, place, "It takes a report, and nothing beside it.");
  return {
    holds: report.wrong.length === 0,
    message: () => wrongText(report) ?? cleanText(report),
    actual: report.wrong.map(({ verdict, world }) => `${verdict}: ${world}`),
    expected: [],
  };
}

function isReport(given: unknown): given is SomeReport {
  if (typeof given !== "object" || given === null) return false;
  return (
    "wrong" in given &&
    Array.isArray(given.wrong) &&
    "ran" in given &&
    typeof given.ran === "number"
  );
}

/**
 * What is wrong, for who reads why a test has failed: a line for each world, and all about the first. Undefined if nothing is
 * wrong.
 */
export function wrongText(report: SomeReport): string | undefined {
  const { wrong } = report;
  const [first] = wrong;
  if (first === undefined) return undefined;
  const left = wrong.length - MOST_LISTED;
  return [
    `The function is wrong in ${wrong.length} of ${worlds(report)}:`,
    "",
    ...wrong.slice(0, MOST_LISTED).map(lineOf),
    ...(left > 0 ? [`… and ${left} more: report.wrong has them.`] : []),
    "",
    ...firstText(first),
  ].join("\n");
}

/** What is said where nothing is wrong, and something was expected to be. */
function cleanText(report: SomeReport): string {
  return `The function ran in ${worlds(report)}, and is wrong in none, which was not expected.`;
}

function worlds({ ran, seed }: SomeReport): string {
  return `${ran} ${ran === 1 ? "world" : "worlds"} (seed ${seed})`;
}

function lineOf({ verdict, world, explain, note = "" }: WrongWorld): string {
  const said = `${world}: ${explain} ${note}`.replaceAll(/\s+/g, " ").trim();
  const shown = said.length > MOST_CHARACTERS ? `${said.slice(0, MOST_CHARACTERS)}…` : said;
  return `${verdict.padEnd(VERDICT_WIDTH)}${shown}`;
}

function firstText({ world, seed, nodes, calls, code, timeline }: WrongWorld): readonly string[] {
  const name = JSON.stringify(world);
  const options = world.startsWith(RANDOM_NAME)
    ? `worlds: "none", random: 1, seed: ${seed}`
    : `worlds: [${name}], seed: ${seed}`;
  const happened = timeline.trimEnd() || "No command was sent, and no call was refused.";
  return [
    `What is left of ${name}, with ${count(nodes, "node")} and ${count(calls, "call")}:`,
    "",
    code.trimEnd(),
    "",
    shortLines(happened, "report.wrong[0].timeline"),
    "",
    `Run it alone, your other options as they are (a world of your own as itself): explore(yourFunction, { ${options} })`,
  ];
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
