/**
 * What is not known about the service, as settings. The names and defaults are those of our specification; a default is
 * the reading that fits the evidence best, and whoever has better evidence can change it, for one fake or for all.
 *
 * @example
 * ```ts
 * const settings: Partial<Settings> = { stoppedNodes: "accepted" };
 * const fake = new FakeSsm({ nodes: [{ instanceId, state: "stopped" }], settings });
 * const { Command } = await fake.sendCommand(request); // by default: InvalidInstanceId
 * Command?.Status; //=> "Pending"
 * ```
 */
export interface Settings {
  /** The `Status` that goes with the details `Incomplete`: no recording shows one. @default "Success" */
  readonly incompleteStatus: "Success" | "Failed";
  /** Failures within MaxErrors beside successes: the guide fits both. @default "Incomplete" */
  readonly incompleteDetails: "Incomplete" | "Success";
  /** Whether a command has failed when its errors exceed MaxErrors, or already when they reach it. @default "exceeded" */
  readonly errorLimit: "exceeded" | "reached";
  /** The same for invocations that timed out in delivery. @default "exceeded" */
  readonly deliveryTimeoutLimit: "exceeded" | "reached";
  /** What the command is called when both limits are exceeded. @default "Failed" */
  readonly limitPrecedence: "Failed" | "DeliveryTimedOut";
  /** Successes beside nodes that could not be used at all; the guide of 2023 says Success. @default "Success" */
  readonly undeliverableAmongSuccess: "Success" | "Incomplete";
  /** The command's details after some of its nodes were cancelled and others succeeded. @default "Incomplete" */
  readonly partialCancel: "Incomplete" | "Success" | "Cancelled";
  /** How a percentage of an odd number of nodes is rounded; concurrency is at least 1. @default "floor" */
  readonly percentRounding: "floor" | "ceil" | "round";
  /** Whether a node that does not answer keeps its place in the MaxConcurrency window. @default true */
  readonly delayedHoldsSlot: boolean;
  /** Whether sending begins with one node and grows as nodes have acknowledged, or ended. @default "none" */
  readonly ramp: "none" | "ack" | "complete";
  /** When nodes that were not sent to become Terminated: when MaxErrors is exceeded, or at the end. @default "stop" */
  readonly terminatedAt: "stop" | "close";
  /** Whether `Cancelling` is seen while an agent ends a process; polls 3 s apart never saw it. @default false */
  readonly showCancelling: boolean;
  /** The `Status` beside the details `Delayed` (recorded: `Pending`). @default "Pending" */
  readonly delayedStatus: "Pending" | "Delayed";
  /** GetCommandInvocation without PluginName, of several plugins: a summary, or InvalidPluginName. @default "summary" */
  readonly multiPluginRead: "summary" | "refuse";
  /** Invocations that may be pending in the account at once; none: no limit. @default undefined */
  readonly pendingInvocationQuota: number | undefined;
  /** The `Status` of a command that would exceed it. @default "Failed" */
  readonly limitExceededStatus: "Failed" | "Cancelled";
  /** What a step that the agent skipped is called: the agent says Skipped, which the service has no word for. @default "Success" */
  readonly skippedStatus: "Success" | "Cancelled";
  /** Whether the three counters run while the command does; the one recording kept them at 0. @default false */
  readonly liveCounters: boolean;
  /** Start and elapsed time of a plugin that has not reported (recorded: absent). @default "absent" */
  readonly unstartedTimes: "absent" | "empty";
  /** The code of an invocation that is InvalidPlatform or AccessDenied. @default -1 */
  readonly unusableResponseCode: number;
  /** A stopped instance named in `InstanceIds` (recorded: refused; the API reference calls it valid). @default "refused" */
  readonly stoppedNodes: "refused" | "accepted";
  /** A document without any time-out and with several steps: 3600 s once, or for each step. @default "once" */
  readonly untimedDocument: "once" | "perStep";
  /** What is echoed as log group when output is enabled and none was named. @default "" */
  readonly omittedLogGroupEcho: string;
  /** Whether the default log group begins with a slash (the guide and the agent: yes; the API reference: no). @default true */
  readonly leadingSlash: boolean;
  /** Characters of standard error that GetCommandInvocation shows (recorded 16,312; documented 8,000). @default 24000 */
  readonly stderrLimit: number;
}

/** The settings that a fake begins with. */
export const DEFAULT_SETTINGS: Settings = {
  incompleteStatus: "Success",
  incompleteDetails: "Incomplete",
  errorLimit: "exceeded",
  deliveryTimeoutLimit: "exceeded",
  limitPrecedence: "Failed",
  undeliverableAmongSuccess: "Success",
  partialCancel: "Incomplete",
  percentRounding: "floor",
  delayedHoldsSlot: true,
  ramp: "none",
  terminatedAt: "stop",
  showCancelling: false,
  delayedStatus: "Pending",
  multiPluginRead: "summary",
  pendingInvocationQuota: undefined,
  limitExceededStatus: "Failed",
  skippedStatus: "Success",
  liveCounters: false,
  unstartedTimes: "absent",
  unusableResponseCode: -1,
  stoppedNodes: "refused",
  untimedDocument: "once",
  omittedLogGroupEcho: "",
  leadingSlash: true,
  stderrLimit: 24_000,
};
