/**
 * What is not known about the service, as settings. Each is a question of docs/settings.md; a default is what fits the
 * evidence best. Those who have better evidence can change it, for one fake or for all.
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
  /**
   * The details of a command with failures within MaxErrors beside successes; [guide-command-statuses] fits both.
   * @default "Incomplete"
   */
  readonly incompleteDetails: "Incomplete" | "Success";
  /** Whether a command has failed when its errors exceed MaxErrors, or already when they reach it. @default "exceeded" */
  readonly errorLimit: "exceeded" | "reached";
  /**
   * Whether a command has timed out when its delivery time-outs exceed MaxErrors, or already when they reach it.
   * @default "exceeded"
   */
  readonly deliveryTimeoutLimit: "exceeded" | "reached";
  /** The details of a command when its errors and its delivery time-outs both exceed MaxErrors. @default "Failed" */
  readonly limitPrecedence: "Failed" | "DeliveryTimedOut";
  /**
   * The details of a command with successes beside nodes that could not be used at all; [guide-command-statuses] says
   * Success. @default "Success"
   */
  readonly undeliverableAmongSuccess: "Success" | "Incomplete";
  /** The details of a command after some of its nodes were cancelled and others succeeded. @default "Incomplete" */
  readonly partialCancel: "Incomplete" | "Success" | "Cancelled";
  /** How a percentage that is not a whole number of nodes is rounded; MaxConcurrency is at least 1. @default "floor" */
  readonly percentRounding: "floor" | "ceil" | "round";
  /** Whether a node that does not answer keeps its place in the MaxConcurrency window. @default true */
  readonly delayedHoldsSlot: boolean;
  /** Whether sending begins with one node and grows as nodes have acknowledged, or ended. @default "none" */
  readonly ramp: "none" | "ack" | "complete";
  /**
   * When the invocations that were not sent become Terminated: when MaxErrors is exceeded, or at the end. @default "stop"
   */
  readonly terminatedAt: "stop" | "close";
  /**
   * Whether `Cancelling` is seen while an agent ends a process; polls 3 s apart never saw it
   * [rec-2026-09-27-managed-execution]. @default false
   */
  readonly showCancelling: boolean;
  /** The `Status` beside the details `Delayed` (`Pending` in [rec-2026-09-27-timeouts]). @default "Pending" */
  readonly delayedStatus: "Pending" | "Delayed";
  /**
   * What GetCommandInvocation without PluginName returns for several plugins: a summary, or InvalidPluginName.
   * @default "summary"
   */
  readonly multiPluginRead: "summary" | "refuse";
  /** How many invocations may be pending in the account at once; undefined means no limit. @default undefined */
  readonly pendingInvocationQuota: number | undefined;
  /** The `Status` of a command that would exceed `pendingInvocationQuota`. @default "Failed" */
  readonly limitExceededStatus: "Failed" | "Cancelled";
  /**
   * The status of a step that the agent skipped; the agent says Skipped, a word that the service does not have.
   * @default "Success"
   */
  readonly skippedStatus: "Success" | "Cancelled";
  /** Whether the three counters of a command grow while it runs; [rec-2026-10-01-alarms] kept them at 0. @default false */
  readonly liveCounters: boolean;
  /** Start and elapsed time of a plugin that has not reported (absent in [rec-2026-09-27-timeouts]). @default "absent" */
  readonly unstartedTimes: "absent" | "empty";
  /** The code of an invocation that is InvalidPlatform or AccessDenied. @default -1 */
  readonly unusableResponseCode: number;
  /**
   * Whether SendCommand takes a stopped instance that `InstanceIds` names (refused in [rec-2026-09-27-managed-execution];
   * [api-ssm-model] calls it valid). @default "refused"
   */
  readonly stoppedNodes: "refused" | "accepted";
  /** How a document with several steps and no time-out counts: 3600 s once, or 3600 s for each step. @default "once" */
  readonly untimedDocument: "once" | "perStep";
  /** What is echoed as the log group when output is enabled and the request names none. @default "" */
  readonly omittedLogGroupEcho: string;
  /**
   * Whether the default log group begins with a slash, as in [guide-cloudwatch-output] and [agent-message-util], but not in
   * [api-ssm-model]. @default true
   */
  readonly leadingSlash: boolean;
  /**
   * Bytes of standard error that GetCommandInvocation shows (16,312 characters in [rec-2019-c7n-invocation], but 8,000 in
   * [api-get-command-invocation]). @default 24000
   */
  readonly stderrLimit: number;
  /**
   * What EventBridge's events have as `detail.parameters`: a string of JSON, as public programs parse it
   * [report-event-parameters], or an object, as in [guide-event-examples]. @default "text"
   */
  readonly eventParameters: "text" | "object";
  /** How many documents an agent runs at a time, 1 at least [agent-constants]. @default 5 */
  readonly agentWorkers: number;
  /**
   * How many documents an agent holds beside those that it runs [agent-constants]. One more stays undelivered, and is
   * offered again every 10 s. @default 5
   */
  readonly agentQueue: number;
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
  eventParameters: "text",
  agentWorkers: 5,
  agentQueue: 5,
};
