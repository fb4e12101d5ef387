import type { Target } from "@aws-sdk/client-ssm";
import { COMMAND_DETAILS } from "../domain/command-details.ts";
import { inMessage } from "../domain/in-message.ts";
import { checkOptions, type OptionTable, wordAdvice } from "../domain/options.ts";
import { INVOCATION_DETAILS, type InvocationDetail } from "../domain/status.ts";
import type { Clock } from "../time/clock.ts";
import { checkFake } from "./check-fake.ts";
import type { CommandSnapshot, FakeSsm } from "./fake-ssm.ts";

/**
 * What a sent command is expected to have; what is left out does not matter.
 *
 * @inline
 */
export type ExpectedSend = {
  /** The document, as the request named it. */
  readonly document?: string | undefined;
  /** Instance ids, or targets, in any order. */
  readonly targets?: readonly string[] | readonly Target[] | undefined;
  /** Parameters that must be among those sent, with these values. */
  readonly parameters?: Readonly<Record<string, readonly string[]>> | undefined;
};

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
 * Which invocations to look at.
 *
 * @inline
 */
export type WhichInvocation = WhichCommand & {
  /** The node's id. @default any node */
  readonly on?: string | undefined;
};

/** What `assertSent()` can expect. */
export const SENT_OPTIONS = {
  document: "string",
  targets: "list",
  parameters: "any",
} as const satisfies OptionTable<ExpectedSend>;

/** The options of `assertSucceeded()`. */
export const SUCCEEDED_OPTIONS = {
  commandId: "string",
} as const satisfies OptionTable<WhichCommand>;

/** The options of `assertReached()`. */
export const REACHED_OPTIONS = {
  ...SUCCEEDED_OPTIONS,
  on: "string",
} as const satisfies OptionTable<WhichInvocation>;

/**
 * The error of an assertion that failed. Vitest, Jest and node:test print it like their own.
 *
 * @example
 * ```ts
 * await deploy(fake);
 * try {
 *   assertReached(fake, "Cancelled");
 * } catch (error) {
 *   if (error instanceof AssertionError) error.actual; //=> ["i-0123456789abcdef0 is Success"]
 * }
 * ```
 */
export class AssertionError extends Error {
  /** Always `"AssertionError"`. */
  override readonly name = "AssertionError";
  /** What was found. */
  readonly actual: unknown;
  /** What was expected. */
  readonly expected: unknown;
  /** False, so that runners show this message and not a comparison of their own. */
  readonly generatedMessage = false;

  /**
   * For assertions of your own about a fake, printed like those of this package.
   *
   * @param message - What was expected, and what was found instead.
   * @param values - `actual` and `expected`, as runners compare them.
   */
  constructor(
    message: string,
    {
      actual,
      expected,
    }: {
      /** What was found. */
      readonly actual: unknown;
      /** What was expected. */
      readonly expected: unknown;
    },
  ) {
    super(message);
    this.actual = actual;
    this.expected = expected;
  }
}

/**
 * Asserts that a command like this was sent, and not refused.
 *
 * @param fake - The fake that should have received it.
 * @param expected - What it should have.
 * @throws AssertionError that says what was sent instead, and shows the timeline. It shows the value of a parameter only if
 *   `expected` names that parameter.
 *
 * @example
 * ```ts
 * await deploy(fake);
 * assertSent(fake, { document: "AWS-RunShellScript", targets: tagTargets({ Role: "web" }) });
 * ```
 */
export function assertSent(fake: FakeSsm<Clock>, expected: ExpectedSend = {}): void {
  checkFake(fake, "assertSent()");
  fake.throwMistakes();
  checkExpected(expected);
  const sent = fake.records().map(({ request }) => ({
    document: request.DocumentName,
    targets: request.Targets?.length ? request.Targets : (request.InstanceIds ?? []),
    parameters: request.Parameters ?? {},
  }));
  const isMeant = ({ document, targets, parameters }: (typeof sent)[number]) =>
    (expected.document === undefined || expected.document === document) &&
    (expected.targets === undefined || sorted(expected.targets) === sorted(targets)) &&
    Object.entries(expected.parameters ?? {}).every(
      ([name, value]) => JSON.stringify(parameters[name]) === JSON.stringify(value),
    );
  if (sent.some(isMeant)) return;
  const shown = sent.map(({ parameters, ...rest }) =>
    expected.parameters === undefined
      ? rest
      : { ...rest, parameters: askedOf(parameters, expected.parameters) },
  );
  const found =
    shown.length === 0
      ? "Nothing was sent."
      : `Sent ${shown.length === 1 ? "was" : "were"}: ${shown.map((each) => JSON.stringify(each)).join(", ")}.`;
  throw new AssertionError(
    `No command like ${JSON.stringify(expected)} was sent. ${found}${timelineOf(fake)}`,
    { actual: shown, expected },
  );
}

/**
 * Asserts that an invocation reached a detail: that it has it now, or, for `Delayed` and `InProgress`, that it had it once.
 *
 * @param fake - The fake that the command was sent to.
 * @param detail - A `StatusDetails` of an invocation.
 * @param which - `on`: the node's id, by default any node; `commandId`: by default the latest command.
 * @throws AssertionError that says which details the invocations have, and shows the timeline.
 *
 * @example
 * ```ts
 * node.goOffline();
 * await deploy(fake);
 * assertReached(fake, "DeliveryTimedOut", { on: node.instanceId });
 * ```
 */
export function assertReached(
  fake: FakeSsm<Clock>,
  detail: InvocationDetail,
  which: WhichInvocation = {},
): void {
  checkFake(fake, "assertReached()");
  fake.throwMistakes();
  if (!Object.hasOwn(INVOCATION_DETAILS, detail)) {
    throw new TypeError(
      `assertReached() was given the detail ${inMessage(detail)}. ${wordAdvice(detail, Object.keys(INVOCATION_DETAILS))}`,
    );
  }
  checkOptions(which, REACHED_OPTIONS, "assertReached()");
  const { on, commandId } = which;
  const command = commandOf(fake, commandId);
  const meant = command.invocations.filter(
    ({ instanceId }) => on === undefined || instanceId === on,
  );
  const reached = meant.some(
    (invocation) =>
      invocation.detail === detail ||
      (detail === "Delayed" && invocation.delayedAt !== undefined) ||
      (detail === "InProgress" && invocation.sentAt !== undefined),
  );
  if (reached) return;
  const actual = meant.map((invocation) => `${invocation.instanceId} is ${invocation.detail}`);
  const where = on === undefined ? "" : ` on ${on}`;
  const found = actual.length === 0 ? `it has no invocation${where}` : actual.join(", ");
  throw new AssertionError(
    `Command ${command.commandId} has not reached ${detail}${where}: ${found}.${underWay(command)}${timelineOf(fake, command.commandId)}`,
    { actual, expected: detail },
  );
}

/**
 * Asserts that a command ended as Success.
 *
 * @param fake - The fake that it was sent to.
 * @param which - `commandId`: by default the latest command.
 * @throws AssertionError that says which status the command has, and shows the timeline.
 *
 * @example
 * ```ts
 * await deploy(fake);
 * assertSucceeded(fake);
 * ```
 */
export function assertSucceeded(fake: FakeSsm<Clock>, which: WhichCommand = {}): void {
  checkFake(fake, "assertSucceeded()");
  fake.throwMistakes();
  checkOptions(which, SUCCEEDED_OPTIONS, "assertSucceeded()");
  const { commandId } = which;
  const command = commandOf(fake, commandId);
  const { status, details } = command.standing;
  if (status === "Success" && details === "Success") return;
  throw new AssertionError(
    `Command ${command.commandId} is ${status}/${details}, not Success.${underWay(command)}${timelineOf(fake, command.commandId)}`,
    { actual: details, expected: "Success" },
  );
}

/** Refuses what no command could ever have, so that it is not mistaken for one that was not sent. */
function checkExpected(expected: ExpectedSend): void {
  checkOptions(expected, SENT_OPTIONS, "assertSent()");
  for (const [name, value] of Object.entries(expected.parameters ?? {})) {
    const given: unknown = value;
    if (Array.isArray(given)) continue;
    throw new TypeError(
      `${JSON.stringify(name)} of the parameters of assertSent() is ${inMessage(given)}. Write a list of strings, as SendCommand takes it: [${inMessage(given)}].`,
    );
  }
}

/** What to do when a command has not ended: it is as late as on AWS. */
function underWay({ standing: { details } }: CommandSnapshot): string {
  if (COMMAND_DETAILS[details].terminal) return "";
  return `\n\nIt is still under way: wait for it, call \`await fake.clock.advance("1s")\`, or make a fake that is not late, \`new FakeSsm({ latency: "instant" })\`.`;
}

/**
 * Parameters as they were sent. The values of those that nobody asked about are hidden ([api-ssm-model] marks them
 * sensitive).
 */
function askedOf(
  parameters: Readonly<Record<string, readonly string[]>>,
  asked: Readonly<Record<string, readonly string[]>>,
): object {
  const shown = Object.entries(parameters).map(([name, value]) => [
    name,
    Object.hasOwn(asked, name) ? value : ["(hidden)"],
  ]);
  return Object.fromEntries(shown);
}

function commandOf(fake: FakeSsm<Clock>, commandId: string | undefined) {
  const records = fake.records();
  const found =
    commandId === undefined
      ? records.at(-1)
      : records.find((record) => record.commandId === commandId);
  if (found !== undefined) return found;
  const what =
    commandId === undefined ? "No command was sent." : `There is no command ${commandId}.`;
  throw new AssertionError(`${what}${timelineOf(fake)}`, {
    actual: records.map((record) => record.commandId),
    expected: commandId ?? "a command",
  });
}

function timelineOf(fake: FakeSsm<Clock>, commandId?: string): string {
  const timeline = fake.timeline(commandId === undefined ? {} : { commandId });
  return timeline === "" ? "" : `\n\n${timeline}`;
}

/** Ids or targets as one string, which is the same in whatever order they come. */
function sorted(targets: readonly string[] | readonly Target[]): string {
  const lines = targets.map((target) =>
    JSON.stringify(typeof target === "string" ? target : [target.Key, target.Values]),
  );
  return lines.sort().join();
}
