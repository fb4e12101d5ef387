import { inMessage } from "../../domain/in-message.ts";
import { checkOptions, type OptionTable, wordAdvice } from "../../domain/options.ts";
import { INVOCATION_DETAILS, type InvocationDetail } from "../../domain/status.ts";
import type { Clock } from "../../time/clock.ts";
import type { FakeSsm } from "../fake-ssm.ts";
import { SUCCEEDED_OPTIONS } from "./succeeded.ts";
import { commandOf, timelineOf, underWay, type Verdict, type WhichCommand } from "./verdict.ts";

/**
 * Which invocations to look at.
 *
 * @inline
 */
export type WhichInvocation = WhichCommand & {
  /** The node's id. @default any node */
  readonly on?: string | undefined;
};

/** The options of `assertReached()` and `toHaveReached()`. */
export const REACHED_OPTIONS = {
  ...SUCCEEDED_OPTIONS,
  on: "string",
} as const satisfies OptionTable<WhichInvocation>;

/** Whether an invocation reached a detail: has it now, or, for `Delayed` and `InProgress`, had it once. */
export function reachedVerdict(
  fake: FakeSsm<Clock>,
  {
    detail,
    which = {},
    place,
  }: {
    readonly detail: InvocationDetail;
    readonly which?: WhichInvocation | undefined;
    readonly place: string;
  },
): Verdict {
  if (!Object.hasOwn(INVOCATION_DETAILS, detail)) {
    throw new TypeError(
      `${place} was given the detail ${inMessage(detail)}. ${wordAdvice(detail, Object.keys(INVOCATION_DETAILS))}`,
    );
  }
  checkOptions(which, REACHED_OPTIONS, place);
  const { on, commandId } = which;
  const command = commandOf(fake, { commandId });
  const meant = command.invocations.filter(
    ({ instanceId }) => on === undefined || instanceId === on,
  );
  const holds = meant.some(
    (invocation) =>
      invocation.detail === detail ||
      (detail === "Delayed" && invocation.delayedAt !== undefined) ||
      (detail === "InProgress" && invocation.sentAt !== undefined),
  );
  const actual = meant.map((invocation) => `${invocation.instanceId} is ${invocation.detail}`);
  return {
    holds,
    message: () => {
      const where = on === undefined ? "" : ` on ${on}`;
      const claim = holds
        ? `has reached ${detail}${where}, which was not expected`
        : `has not reached ${detail}${where}`;
      const found = actual.length === 0 ? `it has no invocation${where}` : actual.join(", ");
      const advice = holds ? "" : underWay(command);
      return `Command ${command.commandId} ${claim}: ${found}.${advice}${timelineOf(fake, { commandId: command.commandId })}`;
    },
    actual,
    expected: detail,
  };
}
