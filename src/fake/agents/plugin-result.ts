import type { Duration } from "../../time/duration.ts";

/**
 * Output that a process writes some time after its start.
 *
 * @inline
 */
export type OutputWrite = {
  /** When, counted from the start of the process. */
  readonly at: Duration;
  /** What goes to standard output then. */
  readonly stdout?: string | undefined;
  /** What goes to standard error then. */
  readonly stderr?: string | undefined;
};

/**
 * What every process does: it writes output, and it may take time to end once it is killed.
 *
 * @inline
 */
export type ProcessOutput = {
  /** Written to standard output when the process starts. @default "" */
  readonly stdout?: string | undefined;
  /** Written to standard error when the process starts. @default "" */
  readonly stderr?: string | undefined;
  /** Written later. A process that is killed keeps what it had written until then. */
  readonly writes?: readonly OutputWrite[] | undefined;
  /** From the agent's kill (execution time-out or cancel) to the end of the process. @default "0s" */
  readonly killTakes?: Duration | undefined;
};

/**
 * A process that takes some time until it ends, in whatever way.
 *
 * @inline
 */
export type TimedProcess = ProcessOutput & {
  /** How long it runs, from its start to its end. @default "0s" */
  readonly after?: Duration | undefined;
};

/**
 * A process that ends by itself. The agent reports code 0 as Success and any other as Failed, with that code, except those
 * that mean a time-out (137, on Windows -1) or a reboot (194, on Windows 3010) [agent-exec-unix] [agent-exec-windows], or
 * the end of the document (168 and 169) [agent-run-plugins].
 *
 * @inline
 */
export type ExitingProcess = TimedProcess & {
  /** The process ends by itself. */
  readonly type: "exits";
  /** The code that the process exits with. @default 0 */
  readonly exitCode?: number | undefined;
};

/**
 * A process that never ends by itself: it runs into its execution time-out, or is cancelled.
 *
 * @inline
 */
export type HangingProcess = ProcessOutput & {
  /** The process does not end by itself. */
  readonly type: "hangs";
};

/**
 * A process that something else on the node kills: Failed with code -1 [agent-executers].
 *
 * @inline
 */
export type KilledProcess = TimedProcess & {
  /** The process is killed from outside. */
  readonly type: "killed";
  /** The signal as Go prints it, such as `"killed"` or `"terminated"`. */
  readonly signal: string;
};

/**
 * A process that the agent cannot start, because its shell or its folder does not exist: Failed with code 1 and the reason
 * in standard error, for a script behind `failed to run commands: ` [agent-cases].
 *
 * @inline
 */
export type UnstartedProcess = {
  /** The process does not start. */
  readonly type: "notStarted";
  /** Why, as Go prints it, such as `"fork/exec /usr/bin/pwsh: no such file or directory"`. */
  readonly reason: string;
  /**
   * What the agent did not come to: the start of the process, or already the preparation of a script's file, where the reason
   * stands alone [agent-run-script]. @default "start"
   */
  readonly at?: "preparation" | "start" | undefined;
};

/**
 * How long a process runs before its reboot, how long the reboot takes, and the result of the rerun.
 *
 * @inline
 */
export type Reboot = TimedProcess & {
  /** From the exit code to the rerun. @default "0s" */
  readonly takes?: Duration | undefined;
  /** The result of the rerun. @default what the behavior returns when it is asked again */
  readonly then?: PluginResult | undefined;
};

/**
 * A process that asks the agent for a reboot, by exit code 194 (3010 on Windows). The agent reports nothing, reboots the
 * node, and runs the same step again from its start; fifteen runs are the most [guide-reboot] [agent-constants].
 *
 * @inline
 */
export type RebootingProcess = Reboot & {
  /** The process asks for a reboot. */
  readonly type: "reboots";
};

/**
 * An agent that takes the command and is never heard of again: the command runs into its delivery time-out.
 *
 * @inline
 */
export type SilentAgent = {
  /** The agent is not heard of again. */
  readonly type: "neverReplies";
};

/**
 * The result of a plugin on a node, as plain data.
 *
 * @example
 * ```ts
 * const results: readonly PluginResult[] = [fails({ exitCode: 7 }), hangs(), { type: "neverReplies" }];
 * for (const behavior of results) fake.nodes.add({ tags: { Role: "web" }, behavior }); // one node of each
 * ```
 */
export type PluginResult =
  | ExitingProcess
  | HangingProcess
  | KilledProcess
  | UnstartedProcess
  | RebootingProcess
  | SilentAgent;
