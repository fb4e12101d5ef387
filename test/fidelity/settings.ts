import type { FakeSsmOptions, Latency, Settings } from "ssm-run-command/fake";
import { msOf } from "./case-time.ts";
import { type Check, duration, integer, one, oneOf, text, truth } from "./shape.ts";

/** Settings of a case by name: durations as strings, everything else as the engine has it. */
export type CaseSettings = Readonly<Record<string, unknown>>;

/** What a case calls the quota of an account without one. */
const NO_QUOTA = "none";

const TIMES = {
  visibilityDelay: duration,
  targetExpansionDelay: duration,
  startDelay: duration,
  replyDelay: duration,
  uploadDelay: duration,
  cancelLatency: duration,
  expirySweepLag: duration,
  agentDelayedAfter: duration,
  alarmPollEvery: duration,
} as const satisfies Partial<Record<keyof Latency, Check>>;

const QUESTIONS = {
  showCancelling: truth,
  incompleteStatus: oneOf("Success", "Failed"),
  incompleteDetails: oneOf("Incomplete", "Success"),
  errorLimit: oneOf("exceeded", "reached"),
  deliveryTimeoutLimit: oneOf("exceeded", "reached"),
  limitPrecedence: oneOf("Failed", "DeliveryTimedOut"),
  undeliverableAmongSuccess: oneOf("Success", "Incomplete"),
  percentRounding: oneOf("floor", "ceil", "round"),
  ramp: oneOf("none", "ack", "complete"),
  delayedHoldsSlot: truth,
  terminatedAt: oneOf("stop", "close"),
  partialCancel: oneOf("Incomplete", "Success", "Cancelled"),
  delayedStatus: oneOf("Pending", "Delayed"),
  skippedStatus: oneOf("Success", "Cancelled"),
  multiPluginRead: oneOf("summary", "refuse"),
  omittedLogGroupEcho: text,
  leadingSlash: truth,
  stderrLimit: integer,
  untimedDocument: oneOf("once", "perStep"),
  stoppedNodes: oneOf("refused", "accepted"),
  unstartedTimes: oneOf("absent", "empty"),
  unusableResponseCode: integer,
  pendingInvocationQuota: one(
    (value) => value === NO_QUOTA || Number.isInteger(value),
    'a whole number or "none"',
  ),
  limitExceededStatus: oneOf("Failed", "Cancelled"),
  liveCounters: truth,
} as const satisfies Partial<Record<keyof Settings, Check>>;

/** Every setting that a case may have, with its values: those that the format names. The fake has each of them, too. */
export const SETTINGS = { ...TIMES, ...QUESTIONS };

/** The settings of a case as options of the fake: those of time are its latency, the others its settings. */
export function optionsOf(settings: CaseSettings): Pick<FakeSsmOptions, "latency" | "settings"> {
  const { pendingInvocationQuota: quota = NO_QUOTA, ...others } = settings;
  const entries = Object.entries(others);
  const times = entries.filter(([name]) => Object.hasOwn(TIMES, name));
  const questions = entries.filter(([name]) => !Object.hasOwn(TIMES, name));
  const latency = Object.fromEntries(
    times.map(([name, value]) => [name, `${msOf(String(value))}ms`]),
  );
  return {
    // Calls take no time in the cases, and everything happens as soon as it can.
    latency: { ...latency, otherwise: "instant" },
    settings: {
      ...Object.fromEntries(questions),
      ...(quota === NO_QUOTA ? {} : { pendingInvocationQuota: Number(quota) }),
    },
  };
}
