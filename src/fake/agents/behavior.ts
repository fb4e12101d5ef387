import { inMessage } from "../../domain/in-message.ts";
import {
  checkBehaviorsByName,
  checkIsBehavior,
  checkProcess,
  FAILS_OPTIONS,
  HANGS_OPTIONS,
  KILLED_OPTIONS,
  REBOOTS_OPTIONS,
  SUCCEEDS_OPTIONS,
} from "./behavior-options.ts";
import type { PluginResult, ProcessOutput, Reboot, TimedProcess } from "./plugin-result.ts";

/**
 * What a behavior that is a function receives.
 *
 * @example
 * ```ts
 * node.behavior = (run: PluginRun) => (run.attempt === 1 ? reboots() : succeeds({ stdout: run.plugin.name }));
 * (await deploy(fake)).invocations[0]?.plugins[0]?.output; //=> "aws:runShellScript"
 * ```
 */
export interface PluginRun {
  /** The node that runs the plugin. */
  readonly node: {
    /** Its id. */
    readonly instanceId: string;
    /** Its operating system. */
    readonly platform: "Linux" | "Windows" | "MacOS";
    /** The name of its operating system. */
    readonly platformName: string;
    /** The version of its operating system. */
    readonly platformVersion: string;
    /** Its tags, as they are now. */
    readonly tags: Readonly<Record<string, string>>;
  };
  /** The command that the plugin belongs to. */
  readonly commandId: string;
  /** The document, as the request named it; within one that `aws:runDocument` runs, the `documentPath` of that step. */
  readonly documentName: string;
  /** The plugin: its name as AWS reports it, its action and its inputs, with the parameters put in. */
  readonly plugin: {
    /** The action for schema 1.2, the step's name for 2.x. */
    readonly name: string;
    /** What it does, such as `aws:runShellScript`. */
    readonly action: string;
    /** Its inputs. */
    readonly inputs: Readonly<Record<string, unknown>>;
  };
  /** The script that the agent would write to a file; absent for plugins that run no script. */
  readonly script?: string;
  /**
   * 1 for the first run of the step, 2 for the one after a reboot, and so on. Within a document that a step runs: the run of
   * that document, since a reboot repeats it from its beginning.
   */
  readonly attempt: number;
  /**
   * The variables that the agent adds to the environment of the process: those of the step's `environment`, `SSM_NAME` for
   * each parameter with `interpolationType: ENV_VAR`, and, last, `SSM_COMMAND_ID`, `AWS_SSM_INSTANCE_ID`,
   * `AWS_SSM_REGION_NAME`, `AWS_SSM_PLATFORM_NAME` and `AWS_SSM_PLATFORM_VERSION` [agent-executers].
   */
  readonly environment: Readonly<Record<string, string>>;
  /**
   * Where the agent keeps the files of the step, below its own folder, such as
   * `i-00000000000000001/document/orchestration/COMMAND/awsrunShellScript/0.awsrunShellScript`.
   */
  readonly folder: string;
  /** Aborted when the agent kills the process: at its execution time-out, or on cancel. */
  readonly signal: AbortSignal;
  /**
   * Shows what the process has written so far, each stream from its beginning. For work of type `inRealTime`: it is seen in
   * CloudWatch Logs while the work goes on, at the agent's pace [agent-logs-publisher], but for documents within a step, whose
   * output comes when that step ends. The result still holds all of it. It does nothing when the work has ended.
   *
   * @param soFar - The streams. @default "" for one that is left out
   * @throws TypeError for anything but strings.
   */
  showOutput(soFar: { readonly stdout?: string; readonly stderr?: string }): void;
  /**
   * Tells the author of the test something: in the fake's timeline, and on the console unless the same was said before. A
   * thousand sentences are the most. (In the predicate of `when` it does nothing.)
   *
   * @param sentence - What happened, to what, and what to do; it becomes one line.
   * @throws TypeError for what is no text.
   */
  warn(sentence: string): void;
  /**
   * Keeps something that has to be done when the fake is reset or disposed of; that waits for it. An error is thrown there.
   *
   * @param cleanUp - What has to be done; called once at most.
   * @returns A function that withdraws it.
   * @throws TypeError for what is no function.
   */
  whenFakeEnds(cleanUp: () => void | Promise<void>): () => void;
  /** A random number from the fake's seed: at least 0, below 1. */
  random(): number;
}

/**
 * A behavior that does real work, such as running the script in a shell. While it runs, virtual time flows with the wall
 * clock; waits are skipped again when the last such work has ended.
 *
 * @example
 * ```ts
 * const shell = runsInShell();
 * const quiet: RealTimeBehavior = { ...shell, run: async (run) => ({ ...(await shell.run(run)), stderr: "" }) };
 * ```
 */
export interface RealTimeBehavior {
  /** Real work, which takes the time that it takes. */
  readonly type: "inRealTime";
  /**
   * Does the work. It has to end when `signal` is aborted, and to return what was written until then. A result that it
   * returns without a promise takes no time.
   */
  readonly run: (run: PluginRun) => PluginResult | Promise<PluginResult>;
}

/**
 * Decides the result of a plugin when the plugin starts; a promise holds virtual time still until it is settled.
 *
 * @inline
 */
export type BehaviorFunction = (run: PluginRun) => PluginResult | Promise<PluginResult>;

/**
 * A behavior for each plugin, or for each document, by name.
 *
 * @inline
 */
export type BehaviorByName = {
  /** What the names are: plugins as AWS reports them, or documents as requests name them. */
  readonly type: "byPlugin" | "byDocument";
  /** The behaviors, by name. */
  readonly behaviors: Readonly<Record<string, AgentBehavior>>;
  /** For names that are not listed. @default the fake's `behavior` */
  readonly otherwise?: AgentBehavior;
};

/**
 * A behavior for the first process on a node, one for the second, and so on; the last repeats.
 *
 * @inline
 */
export type BehaviorInOrder = {
  /** One after the other. */
  readonly type: "inOrder";
  /** The behaviors, first run first; counted for each node separately. */
  readonly runs: readonly AgentBehavior[];
};

/**
 * A behavior for the runs that a predicate picks.
 *
 * @inline
 */
export type BehaviorWhen = {
  /** A choice by predicate. */
  readonly type: "when";
  /** Picks the runs. */
  readonly predicate: (run: PluginRun) => boolean;
  /** What holds for them. */
  readonly behavior: AgentBehavior;
  /** What holds for the others. @default the fake's `behavior` */
  readonly otherwise?: AgentBehavior | undefined;
};

/**
 * Decides the result of a plugin when it starts: plain data, a function that returns it, real work, or a choice among
 * behaviors.
 *
 * @example
 * ```ts
 * const behavior: AgentBehavior = byDocument({ "AWS-UpdateSSMAgent": inOrder(reboots(), succeeds()) }, hangs());
 * ```
 */
export type AgentBehavior =
  | PluginResult
  | BehaviorFunction
  | RealTimeBehavior
  | BehaviorByName
  | BehaviorInOrder
  | BehaviorWhen;

/**
 * A process that fails.
 *
 * @inline
 */
export type FailOptions = TimedProcess & {
  /** The code that the process exits with, any but 0. @default 1 */
  readonly exitCode?: number | undefined;
};

/**
 * A process that is killed from outside.
 *
 * @inline
 */
export type KillOptions = TimedProcess & {
  /** The signal as Go prints it. @default "killed" */
  readonly signal?: string | undefined;
};

/**
 * A process that ends well: exit code 0, at once unless `after` says when.
 *
 * @example
 * ```ts
 * fake.nodes.add({ behavior: succeeds({ after: "90s", stdout: "deployed\n" }) });
 * ```
 */
export function succeeds(options: TimedProcess = {}): PluginResult {
  if (typeof options === "object" && options !== null && "exitCode" in options) {
    throw new TypeError(
      `succeeds() has no option "exitCode": its process exits with 0. Write fails({ exitCode: ${String(options.exitCode)} }).`,
    );
  }
  checkProcess(options, SUCCEEDS_OPTIONS, "succeeds()");
  return assigned(options, { type: "exits", exitCode: 0 });
}

/**
 * A process that fails: exit code 1 unless `exitCode` says which. To standard error of a script the agent adds
 * `failed to run commands: exit status N` [rec-2026-09-27-managed-execution]; a plugin that runs no script, such as
 * `aws:configurePackage`, writes what the behavior says and nothing else [agent-cases].
 *
 * @example
 * ```ts
 * fake.nodes.add({ behavior: fails({ exitCode: 7, stderr: "disk full\n", after: "90s" }) });
 * ```
 */
export function fails(options: FailOptions = {}): PluginResult {
  checkProcess(options, FAILS_OPTIONS, "fails()");
  if (options.exitCode === 0) {
    throw new TypeError(
      "exitCode of fails() is 0, which is success. Write another one, or succeeds().",
    );
  }
  return assigned(options, { type: "exits", exitCode: options.exitCode ?? 1 });
}

/**
 * A process that never ends by itself. Its execution time-out ends it (`TimedOut`/`ExecutionTimedOut`, code 137, or -1 on
 * Windows), or a cancel does; what it had written is kept.
 *
 * @example
 * ```ts
 * fake.nodes.add({ behavior: hangs({ stdout: "waiting for the lock\n" }) });
 * ```
 */
export function hangs(options: ProcessOutput = {}): PluginResult {
  checkProcess(options, HANGS_OPTIONS, "hangs()");
  return assigned(options, { type: "hangs" });
}

/**
 * A process that something else on the node kills: Failed, code -1, and for a script the agent adds
 * `failed to run commands: signal: killed` to standard error [agent-executers].
 *
 * @example
 * ```ts
 * fake.nodes.add({ behavior: killed({ after: "3s" }) }); // the kernel ran out of memory
 * ```
 */
export function killed(options: KillOptions = {}): PluginResult {
  checkProcess(options, KILLED_OPTIONS, "killed()");
  return assigned(options, { type: "killed", signal: options.signal ?? "killed" });
}

/**
 * A process that asks for a reboot, after which the agent runs the step again.
 *
 * @example
 * ```ts
 * fake.nodes.add({ behavior: reboots({ after: "5s", takes: "90s", then: succeeds({ stdout: "up\n" }) }) });
 * ```
 */
export function reboots(options: Reboot = {}): PluginResult {
  checkProcess(options, REBOOTS_OPTIONS, "reboots()");
  return assigned(options, { type: "reboots" });
}

/**
 * One behavior after the other: the first process on a node, the second, and so on; the last repeats. Counted for each node
 * separately, from the creation of the fake or its last reset.
 *
 * @param runs - At least one.
 * @throws TypeError when there is none.
 *
 * @example
 * ```ts
 * fake.nodes.add({ behavior: inOrder(fails({ stderr: "locked\n" }), succeeds()) }); // a retry helps
 * ```
 */
export function inOrder(...runs: readonly AgentBehavior[]): AgentBehavior {
  if (runs.length === 0) {
    throw new TypeError("inOrder() was given no behavior. Give it the one of the first run.");
  }
  const given: readonly unknown[] = runs;
  if (given.some((run) => Array.isArray(run))) {
    throw new TypeError(
      "inOrder() was given a list. Give it the behaviors one by one: inOrder(fails(), succeeds()).",
    );
  }
  for (const [index, run] of runs.entries()) checkIsBehavior(run, `Run ${index + 1} of inOrder()`);
  return { type: "inOrder", runs };
}

/**
 * A behavior for each plugin: the step's name for documents of schema 2.x, the action (`aws:runShellScript`) for 1.2.
 *
 * @param behaviors - By the plugin's name.
 * @param otherwise - For other plugins; the fake's own behavior when left out.
 *
 * @example
 * ```ts
 * fake.nodes.add({ behavior: byPlugin({ install: succeeds({ after: "2m" }), verify: fails() }) });
 * ```
 */
export function byPlugin(
  behaviors: Readonly<Record<string, AgentBehavior>>,
  otherwise?: AgentBehavior,
): AgentBehavior {
  checkBehaviorsByName(behaviors, "byPlugin()");
  if (otherwise !== undefined) checkIsBehavior(otherwise, "otherwise of byPlugin()");
  return { type: "byPlugin", behaviors, ...(otherwise === undefined ? {} : { otherwise }) };
}

/**
 * A behavior for each document, by the name that the request uses.
 *
 * @param behaviors - By the document's name.
 * @param otherwise - For other documents; the fake's own behavior when left out.
 *
 * @example
 * ```ts
 * fake.nodes.add({ behavior: byDocument({ "AWS-UpdateSSMAgent": fails() }) });
 * ```
 */
export function byDocument(
  behaviors: Readonly<Record<string, AgentBehavior>>,
  otherwise?: AgentBehavior,
): AgentBehavior {
  checkBehaviorsByName(behaviors, "byDocument()");
  if (otherwise !== undefined) checkIsBehavior(otherwise, "otherwise of byDocument()");
  return { type: "byDocument", behaviors, ...(otherwise === undefined ? {} : { otherwise }) };
}

/**
 * A behavior for the runs that a predicate picks.
 *
 * @param predicate - Receives the node, the plugin with its inputs, the script and the attempt.
 * @param behavior - What holds for those that it picks.
 * @param otherwise - For the others; the fake's own behavior when left out.
 *
 * @example
 * ```ts
 * fake.nodes.add({ behavior: when((run) => run.script?.includes("migrate") ?? false, fails()) });
 * ```
 */
export function when(
  predicate: (run: PluginRun) => boolean,
  behavior: AgentBehavior,
  otherwise?: AgentBehavior,
): AgentBehavior {
  if (typeof predicate !== "function") {
    throw new TypeError(
      `when() was given ${inMessage(predicate)} to pick the runs. Give it a function: when((run) => run.attempt === 1, fails()).`,
    );
  }
  checkIsBehavior(behavior, "The behavior of when()");
  if (otherwise !== undefined) checkIsBehavior(otherwise, "otherwise of when()");
  return { type: "when", predicate, behavior, ...(otherwise === undefined ? {} : { otherwise }) };
}

/**
 * One object made of two; the later one wins. Not a spread: in Node.js 20 each object that is spread first and then added
 * to has a hidden class of its own, and code that reads a hundred thousand such behaviors is slow.
 */
function assigned<A extends object, const B extends object>(first: A, second: B): A & B {
  return Object.assign({}, first, second);
}
