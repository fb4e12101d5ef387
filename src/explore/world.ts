import type {
  FakeFaults,
  LatencyOptions,
  LatencyPreset,
  NodeOptions,
  OperationName,
  Settings,
} from "../fake/index.ts";
import type { Duration } from "../time/duration.ts";

/** How the names of random worlds begin. */
export const RANDOM_NAME = "random world ";

/**
 * A fault of a world: a method of `fake.faults`, the operation, and when it strikes. Its windows are counted from the
 * beginning of the world.
 *
 * @inline
 */
export type WorldFault = {
  [Name in Exclude<keyof FakeFaults, "unused">]: {
    /** The method of `fake.faults`. */
    readonly type: Name;
    /** The operation that it strikes, or all of them. */
    readonly operation: OperationName | "*";
    /** When, as the method takes it. */
    readonly when: Parameters<FakeFaults[Name]>[1];
  };
}[Exclude<keyof FakeFaults, "unused">];

/**
 * Something that happens meanwhile.
 *
 * @inline
 */
export type Happening = {
  /** When: counted from the first SendCommand that reaches the service. */
  readonly after: Duration;
} & (
  | {
      /** What happens to a node; a new one like it takes the place of one that is replaced. */
      readonly type: "goesOffline" | "comesBack" | "isUndeliverable" | "isRemoved" | "isReplaced";
      /** Which node: its place in the `nodes` of the world. */
      readonly node: number;
    }
  | {
      /** Another caller cancels all commands; or the alarm that `target` names goes off, or can be read no more. */
      readonly type: "anotherCancels" | "alarmGoesOff" | "alarmIsUnknown";
    }
);

/**
 * A world that `explore` runs a function in: an account with nodes and behaviors, how late the service is, faults, and what
 * happens meanwhile. Plain data; only what AWS may do.
 *
 * @example
 * ```ts
 * const world: World = {
 *   name: "a node fails while ListCommands is throttled",
 *   nodes: [{ behavior: fails({ exitCode: 7, after: "90s" }) }, {}],
 *   faults: [{ type: "throttle", operation: "ListCommands", when: { every: 3 } }],
 * };
 * const report = await explore(({ ssm, target }) => deploy(ssm, target), { worlds: [world] });
 * report.ran; //=> 1
 * ```
 */
export interface World {
  /** How a report names it. */
  readonly name: string;
  /** What says that AWS may do this: sources of docs/sources.md, such as `[guide-command-statuses]`. @default "" */
  readonly source?: string | undefined;
  /** Decides ids, jitter and `Math.random()` in it. @default the option `seed` of `explore` */
  readonly seed?: number | undefined;
  /** Its nodes. They get the tag that `target` names. */
  readonly nodes: readonly NodeOptions[];
  /**
   * How `target` names the nodes: by a tag; by ids, of which there are 1 to 50; or by a resource group, which the caller may
   * not list if it is denied. @default "tags"
   */
  readonly target?: "tags" | "ids" | "group" | "deniedGroup" | undefined;
  /** Members that `target` has beside the nodes. @default {} */
  readonly limits?: WorldLimits | undefined;
  /** Whether `target` has an alarm that ends the command when it goes off. @default false */
  readonly hasAlarm?: boolean | undefined;
  /** How late the service is, as the option of `FakeSsm`. @default "measured" */
  readonly latency?: LatencyPreset | LatencyOptions | undefined;
  /** How short pages of listings are, as the option of `FakeSsm`. @default as long as the caller says */
  readonly pages?: WorldPages | undefined;
  /** Settings of the fake. @default {} */
  readonly settings?: Partial<Settings> | undefined;
  /** Faults, ordered before the function begins. @default [] */
  readonly faults?: readonly WorldFault[] | undefined;
  /** What happens meanwhile. @default [] */
  readonly meanwhile?: readonly Happening[] | undefined;
}

/**
 * The limits of a rollout, as SendCommand takes them.
 *
 * @inline
 */
export type WorldLimits = {
  /** How many nodes at once, or percent of them. @default 50 */
  readonly MaxConcurrency?: string | undefined;
  /** After how many errors no more nodes are sent to, or percent. @default 0 */
  readonly MaxErrors?: string | undefined;
};

/**
 * How short pages of listings are.
 *
 * @inline
 */
export type WorldPages = {
  /** The most items of a page. @default as many as the caller says */
  readonly most?: number | undefined;
  /** Whether the first page is empty and has a token. @default false */
  readonly emptyFirst?: boolean | undefined;
};
