import type { Optional, OptionTable } from "../domain/options.ts";
import type { Clock } from "../time/clock.ts";
import type { Duration } from "../time/duration.ts";
import type { VirtualClock } from "../time/virtual-clock.ts";
import type { Access } from "./account/access.ts";
import type { PageOptions } from "./account/check-options.ts";
import type { LatencyOptions, LatencyPreset } from "./account/latency.ts";
import type { NodeOptions } from "./account/node.ts";
import type { AgentBehavior } from "./agents/behavior.ts";
import type { Settings } from "./engine/settings.ts";

/**
 * Options of `FakeSsm`. All of them have a default.
 *
 * @example
 * ```ts
 * const fake = new FakeSsm({
 *   nodes: [{ tags: { Role: "web" } }, { tags: { Role: "web" }, agent: "undeliverable" }],
 *   behavior: succeeds({ after: "90s" }),
 *   latency: "worst",
 * });
 * (await deploy(fake)).invocations.map(({ kind }) => kind).sort(); //=> ["succeeded", "undeliverable"]
 * ```
 */
export interface FakeSsmOptions<C extends Clock = VirtualClock> {
  /** Nodes that are there from the start, and again after `reset()`. @default [] */
  nodes?: readonly NodeOptions[] | undefined;
  /** What nodes without a behavior of their own do. @default succeeds() */
  behavior?: AgentBehavior | undefined;
  /** The clock that the fake runs on. @default new VirtualClock() */
  clock?: C | undefined;
  /** The region of the fake. @default "us-east-1" */
  region?: string | undefined;
  /** The account, twelve digits. @default "123456789012" */
  accountId?: string | undefined;
  /**
   * Decides all random numbers: ids of commands and requests, `random()` of behaviors, jitter of retries and polls.
   * @default 1
   */
  seed?: number | undefined;
  /**
   * How late the service is: a preset, or durations of your own; those left out are as in `measured`, or in the preset that
   * `otherwise` names. Take `"measured"` for code that polls, as it does on AWS, and `"instant"` for tests that count time
   * themselves, or look once right after a send (and else see InProgress or InvocationDoesNotExist). @default "measured"
   */
  latency?: LatencyPreset | LatencyOptions | undefined;
  /**
   * How small the pages of all listings are: `{ most: 1, emptyFirst: true }` for pages of one item, the first of them empty. Code
   * that reads one page, or stops at an empty one, shows it. @default as long as requests ask
   */
  pages?: PageOptions | undefined;
  /**
   * What the caller may do: `"allowed"`, `"denied"`, or a function that says so for each call. The `access` of a node counts
   * besides. @default "allowed"
   */
  access?: Access | undefined;
  /** Settings for what is not known about the service, such as `errorLimit`; docs/settings.md lists them. @default {} */
  settings?: Optional<Settings> | undefined;
  /**
   * Time that every call takes on the clock of the fake, whatever clock that is, in place of what `latency` says of calls; on
   * a virtual clock not while a behavior (a shell, too) or a handler is under way, wherever the call is made. Code that waits
   * with timers of its own needs none: it runs in `inVirtualTime`.
   * @default as `latency` says
   */
  callTakes?: Duration | undefined;
  /** Real time after which a test that seems stuck gets a warning, which names the cure. @default "1.8s" */
  warnAfter?: Duration | undefined;
  /** Entries that the journal keeps; fewer when they would take more than 32 MiB. @default 10000 */
  journalSize?: number | undefined;
}

/** The options of `FakeSsm`: what each may be. */
export const FAKE_SSM_OPTIONS = {
  nodes: "a list",
  behavior: "any",
  clock: "any",
  region: "any",
  accountId: "any",
  seed: "any",
  latency: "any",
  pages: "any",
  access: "any",
  settings: "any",
  callTakes: "any",
  warnAfter: "any",
  journalSize: "any",
} as const satisfies OptionTable<FakeSsmOptions>;
