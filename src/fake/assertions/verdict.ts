import { COMMAND_DETAILS } from "../../domain/command-details.ts";
import type { Clock } from "../../time/clock.ts";
import { shownGiven } from "../check-fake.ts";
import type { FakeSsm } from "../fake-ssm.ts";
import type { CommandSnapshot } from "../reports/command-snapshot.ts";
import { AssertionError } from "./assertion-error.ts";

/** What an assertion found, for functions that throw and for matchers, which can be turned round by `.not`. */
export interface Verdict {
  readonly holds: boolean;
  /** Why the test fails: because it does not hold, or because it does, under `.not`. Made when it is asked for. */
  readonly message: () => string;
  readonly actual: unknown;
  readonly expected: unknown;
}

/**
 * Which command to look at.
 *
 * @inline
 */
export type WhichCommand = {
  /** Its id. @default the id of the latest command */
  readonly commandId?: string | undefined;
};

/**
 * Throws what a verdict says, unless it holds.
 *
 * @param assertion - The function that was called: where it was called is where the stack begins, in engines that can do that.
 */
export function throwUnless(
  { holds, message, ...values }: Verdict,
  assertion: (...given: never[]) => void,
): void {
  if (holds) return;
  const error = new AssertionError(message(), values);
  if ("captureStackTrace" in Error) Error.captureStackTrace(error, assertion);
  throw error;
}

/** Refuses arguments that an assertion does not have, so that what they ask for is not passed over. */
export function refuseMore(more: readonly unknown[], place: string, advice: string): void {
  const given = more.find((each) => each !== undefined);
  if (given === undefined) return;
  throw new TypeError(`${place} was given an argument too many, ${shownGiven(given)}. ${advice}`);
}

/** What to do when nothing has called a fake; nothing when something has. */
export function uncalled(fake: FakeSsm<Clock>): string {
  for (const _ of fake.journalEntries()) return "";
  return NO_CALL;
}

/** What a message says when nothing has called a fake. */
export const NO_CALL =
  "\n\nNo call has reached this fake: await the code that makes it, and give that code this fake, or a client of it.";

/**
 * What has called a fake and sent it nothing: calls that handlers answered. Or that nothing has called it.
 *
 * @param sent - How many commands were sent.
 */
export function unseen(fake: FakeSsm<Clock>, sent: number): string {
  const here = regionsAsked(fake).filter((region) => region === fake.region).length;
  const handled =
    here <= sent
      ? ""
      : `\n\nA handler of fake.on() answered SendCommand, which has sent nothing: fake.journal.entries("SendCommand") has those calls.`;
  return `${handled}${uncalled(fake)}`;
}

/**
 * Refuses to say anything of a fake that nothing was sent to while its code has sent commands in another region.
 *
 * @throws AssertionError that says in which.
 */
export function checkRegion(fake: FakeSsm<Clock>): void {
  const asked = regionsAsked(fake);
  const elsewhere = asked.find((region) => region !== fake.region);
  if (elsewhere === undefined || fake.records().length > 0 || asked.includes(fake.region)) return;
  throw new AssertionError(
    `No command was sent in ${fake.region}, where this fake is; SendCommand was called in ${elsewhere}. Make the fake where the code looks: new FakeSsm({ region: "${elsewhere}" }).`,
    { actual: elsewhere, expected: fake.region },
  );
}

/** The regions of the calls of SendCommand that were answered. */
function regionsAsked(fake: FakeSsm<Clock>): readonly string[] {
  const regions: string[] = [];
  for (const { type, operation, region } of fake.journalEntries()) {
    if (type === "call" && operation === "SendCommand") regions.push(region);
  }
  return regions;
}

/**
 * The command that is meant.
 *
 * @throws AssertionError when there is none: nothing can be said about it, and the opposite neither.
 */
export function commandOf(fake: FakeSsm<Clock>, { commandId }: WhichCommand): CommandSnapshot {
  checkRegion(fake);
  const records = fake.records();
  const found =
    commandId === undefined
      ? records.at(-1)
      : records.find((record) => record.commandId === commandId);
  if (found !== undefined) return found;
  const what =
    commandId === undefined
      ? `No command was sent.${unseen(fake, records.length)}`
      : `There is no command ${commandId}.`;
  throw new AssertionError(`${what}${timelineOf(fake)}`, {
    actual: records.map((record) => record.commandId),
    expected: commandId ?? "a command",
  });
}

/** What to do when a command has not ended: it is as late as on AWS. */
export function underWay({ standing: { details } }: CommandSnapshot): string {
  if (COMMAND_DETAILS[details].terminal) return "";
  return `\n\nIt is still under way: wait for it, call \`await fake.clock.advance("1s")\`, or make a fake that is not late, \`new FakeSsm({ latency: "instant" })\`.`;
}

/** The timeline, set apart, to be put behind a sentence. */
export function timelineOf(fake: FakeSsm<Clock>, which: WhichCommand = {}): string {
  const timeline = shortTimeline(fake, which);
  return timeline === "" ? "" : `\n\n${timeline}`;
}

/** How many lines of a timeline a message shows at its beginning and at its end. */
const MOST_LINES = { first: 50, last: 100 } as const;

/** The timeline, of which a long one has its middle left out. */
export function shortTimeline(fake: FakeSsm<Clock>, which: WhichCommand = {}): string {
  return shortLines(fake.timeline(which), "fake.timeline()");
}

/**
 * A text, of which a long one has its middle left out.
 *
 * @param whole - What has all of it.
 */
export function shortLines(text: string, whole: string): string {
  const lines = text.split("\n");
  const { first, last } = MOST_LINES;
  const left = lines.length - first - last;
  if (left <= 1) return text;
  const note = `… ${left} lines are left out: ${whole} has them …`;
  return [...lines.slice(0, first), note, ...lines.slice(-last)].join("\n");
}
