import { inMessage } from "../../domain/in-message.ts";
import { checkOptions, type OptionTable, wordAdvice } from "../../domain/options.ts";
import { INVOCATION_DETAILS, type InvocationDetail } from "../../domain/status.ts";
import type { Clock } from "../../time/clock.ts";
import type { Invocation } from "../engine/invocation.ts";
import { reachedDetails } from "../engine/reached-details.ts";
import type { FakeSsm } from "../fake-ssm.ts";
import type { CommandSnapshot } from "../reports/command-snapshot.ts";
import { AssertionError } from "./assertion-error.ts";
import { SUCCEEDED_OPTIONS } from "./succeeded.ts";
import {
  commandOf,
  refuseMore,
  timelineOf,
  underWay,
  type Verdict,
  type WhichCommand,
} from "./verdict.ts";

/**
 * Which invocations to look at.
 *
 * @inline
 */
export type WhichInvocation = WhichCommand & {
  /** The node's id, such as `node.instanceId`. @default any node */
  readonly on?: string | undefined;
};

/** The options of `assertReached()` and `toHaveReached()`. */
export const REACHED_OPTIONS = {
  ...SUCCEEDED_OPTIONS,
  on: "a string",
} as const satisfies OptionTable<WhichInvocation>;

/** How many invocations a message shows. */
const MOST_SHOWN = 10;

/** Whether an invocation reached a detail: has it, or had it. */
export function reachedVerdict(
  fake: FakeSsm<Clock>,
  {
    detail,
    which = {},
    more = [],
    place,
  }: {
    readonly detail: InvocationDetail;
    readonly which?: WhichInvocation | undefined;
    readonly more?: readonly unknown[];
    readonly place: string;
  },
): Verdict {
  if (!Object.hasOwn(INVOCATION_DETAILS, detail)) {
    throw new TypeError(
      `${place} was given the detail ${inMessage(detail)}. ${wordAdvice(detail, Object.keys(INVOCATION_DETAILS))}`,
    );
  }
  checkOptions(which, REACHED_OPTIONS, place);
  refuseMore(more, place, "It takes a detail, and { on, commandId }.");
  const { on, commandId } = which;
  const command = commandOf(fake, { commandId });
  if (on !== undefined) checkNode(fake, on);
  const meant = command.invocations.filter(
    ({ instanceId }) => on === undefined || instanceId === on,
  );
  const reached = meant.filter((each) => hasReached(each, detail));
  const holds = reached.length > 0;
  return {
    holds,
    message: () => {
      const where = on === undefined ? "" : ` on ${on}`;
      const claim = holds
        ? `has reached ${detail}${where}, which was not expected`
        : `has not reached ${detail}${where}`;
      const found = holds ? reached : meant;
      const shown = found.slice(0, MOST_SHOWN).map((each) => standingOf(each, detail));
      const left = found.length - shown.length;
      if (left > 0) shown.push(`and ${left} more`);
      const all = shown.length === 0 ? `it has no invocation${where}` : shown.join(", ");
      const advice = holds ? "" : underWay(command);
      return `Command ${command.commandId} ${claim}: ${all}.${advice}${timelineOf(fake, { commandId: command.commandId })}`;
    },
    actual: meant.map(({ instanceId, detail: now }) => `${instanceId} is ${now}`),
    expected: detail,
  };
}

function hasReached(invocation: Invocation, detail: InvocationDetail): boolean {
  return detail === "Pending" || reachedDetails(invocation).some((each) => each.detail === detail);
}

/** Such as `i-0123456789abcdef0 is Failed`. */
function standingOf(invocation: Invocation, detail: InvocationDetail): string {
  const { instanceId, detail: now } = invocation;
  if (now === detail || !hasReached(invocation, detail)) return `${instanceId} is ${now}`;
  return `${instanceId} was ${detail} and is ${now} now`;
}

/** Refuses the id of a node that the fake does not have, and that no command went to: nothing can be said about it. */
function checkNode(fake: FakeSsm<Clock>, on: string): void {
  if (fake.nodes.get(on) !== undefined) return;
  const isOf = ({ invocations }: CommandSnapshot) =>
    invocations.some(({ instanceId }) => instanceId === on);
  if (fake.records().some(isOf)) return;
  const nodes = fake.nodes.list().map(({ instanceId }) => instanceId);
  const shown = nodes.length > MOST_SHOWN ? [...nodes.slice(0, MOST_SHOWN), "…"] : nodes;
  const advice = shown.length === 0 ? "It has no nodes." : `It has ${shown.join(", ")}.`;
  throw new AssertionError(
    `No node of this fake is called ${inMessage(on)}. ${advice}${timelineOf(fake)}`,
    { actual: nodes, expected: on },
  );
}
