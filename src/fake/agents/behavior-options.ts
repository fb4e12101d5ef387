import { inMessage } from "../../domain/in-message.ts";
import { checkOptions, type OptionTable } from "../../domain/options.ts";
import { toMs } from "../../time/duration.ts";
import type {
  ExitingProcess,
  HangingProcess,
  KilledProcess,
  OutputWrite,
  PluginResult,
  ProcessOutput,
  Reboot,
  RebootingProcess,
  SilentAgent,
  TimedProcess,
  UnstartedProcess,
} from "./plugin-result.ts";

/** The options of `hangs()`. */
export const HANGS_OPTIONS = {
  stdout: "a string",
  stderr: "a string",
  writes: "a list",
  killTakes: "any",
} as const satisfies OptionTable<ProcessOutput>;

/** The options of `succeeds()`. */
export const SUCCEEDS_OPTIONS = {
  ...HANGS_OPTIONS,
  after: "any",
} as const satisfies OptionTable<TimedProcess>;

/** The options of `fails()`. */
export const FAILS_OPTIONS = {
  ...SUCCEEDS_OPTIONS,
  exitCode: "any",
} as const satisfies OptionTable<Omit<ExitingProcess, "type">>;

/** The options of `killed()`. */
export const KILLED_OPTIONS = {
  ...SUCCEEDS_OPTIONS,
  signal: "a string",
} as const satisfies OptionTable<Omit<KilledProcess, "type">>;

/** The options of `reboots()`. */
export const REBOOTS_OPTIONS = {
  ...SUCCEEDS_OPTIONS,
  takes: "any",
  then: "any",
} as const satisfies OptionTable<Reboot>;

/** What a piece of output may have that is written later. */
export const WRITE_OPTIONS = {
  at: "any",
  stdout: "a string",
  stderr: "a string",
} as const satisfies OptionTable<OutputWrite>;

const ANY_TYPE = { type: "any" } as const;

/** The members of a result that is written as plain data. */
export const RESULT_OPTIONS = {
  exits: { ...ANY_TYPE, ...FAILS_OPTIONS } satisfies OptionTable<ExitingProcess>,
  hangs: { ...ANY_TYPE, ...HANGS_OPTIONS } satisfies OptionTable<HangingProcess>,
  killed: { ...ANY_TYPE, ...KILLED_OPTIONS } satisfies OptionTable<KilledProcess>,
  reboots: { ...ANY_TYPE, ...REBOOTS_OPTIONS } satisfies OptionTable<RebootingProcess>,
  neverReplies: ANY_TYPE satisfies OptionTable<SilentAgent>,
  notStarted: {
    ...ANY_TYPE,
    reason: "any",
    at: ["preparation", "start"],
  } satisfies OptionTable<UnstartedProcess>,
} as const satisfies Readonly<Record<PluginResult["type"], OptionTable<object>>>;

/** What processes have in common, as far as it is checked here. */
type AnyProcess = Partial<Omit<ExitingProcess & Reboot, "type" | "then">>;

/**
 * Refuses options of a process that do not exist, and values that they cannot have.
 *
 * @param table - Which options there are.
 * @param place - Where they were given, such as `fails()` or `the behavior of i-0123456789abcdef0`.
 */
export function checkProcess(options: AnyProcess, table: OptionTable<object>, place: string): void {
  checkOptions(options, table, place);
  const { exitCode, after, takes, killTakes, writes } = options;
  if (exitCode !== undefined && !Number.isInteger(exitCode)) {
    throw new TypeError(`exitCode of ${place} is ${inMessage(exitCode)}. Write a whole number.`);
  }
  for (const [name, duration] of Object.entries({ after, takes, killTakes })) {
    if (duration !== undefined) toMs(duration, `${name} of ${place}`);
  }
  for (const write of writes ?? []) {
    checkOptions(write ?? null, WRITE_OPTIONS, `a write of ${place}`);
    toMs(write.at, `at of a write of ${place}`);
  }
}

/** Refuses what is no table of behaviors by name. */
export function checkBehaviorsByName(
  behaviors: unknown,
  place: "byPlugin()" | "byDocument()",
): void {
  if (!isObject(behaviors) || Symbol.iterator in behaviors || isBehaviorLike(behaviors)) {
    throw new TypeError(
      `${place} was given ${inMessage(behaviors)}. Give it behaviors by name: { ${place === "byPlugin()" ? "install" : '"AWS-RunShellScript"'}: fails() }.`,
    );
  }
  for (const [name, behavior] of Object.entries(behaviors)) {
    checkIsBehavior(behavior, `${JSON.stringify(name)} of ${place}`);
  }
}

/** A plugin may be called `type`; the type of a behavior is a string. */
function isBehaviorLike(behaviors: object): boolean {
  return typeof Reflect.get(behaviors, "type") === "string";
}

/** Refuses what is neither plain data with a type nor a function. */
export function checkIsBehavior(behavior: unknown, what: string): void {
  if (typeof behavior === "function" || (isObject(behavior) && "type" in behavior)) return;
  throw new TypeError(
    `${what} is ${inMessage(behavior)}. Use succeeds(), fails(), hangs() and the like, or a function that returns one.`,
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
