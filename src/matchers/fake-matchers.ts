import type { InvocationDetail } from "../domain/status.ts";
import type { SomeReport } from "../explore/report-text.ts";
import type { ExpectedSend } from "../fake/assertions/expected-send.ts";
import type { WhichInvocation } from "../fake/assertions/reached.ts";
import type { SomeOutcome } from "../fake/assertions/succeeded.ts";
import type { WhichCommand } from "../fake/assertions/verdict.ts";
import type { FakeSsm } from "../fake/fake-ssm.ts";
import type { Clock } from "../time/clock.ts";

/** A fake, told by two of its members: that of the other module system has the same. */
type SomeFake = Pick<FakeSsm<Clock>, "timeline" | "unused">;

/** What the compiler names when `expect()` was given something that has no timeline: this matcher is for a `FakeSsm`. */
type OnlyForAFakeSsm = {
  readonly "Give expect() a FakeSsm.": never;
};

/** What the compiler names when `expect()` was given something that has not ended: this matcher is for these two. */
type OnlyForAFakeSsmOrAnOutcome = {
  readonly "Give expect() a FakeSsm or an outcome.": never;
};

/** What the compiler names when `expect()` was given something that is no report, such as a promise: this matcher is for one. */
type OnlyForAReport = {
  readonly "Give expect() the report: expect(await explore(yourFunction)).": never;
};

/** A matcher, if what `expect()` was given may be of a type; else what it is for. Something of type `any` may be. */
type On<Given, Wanted, Matcher, Otherwise> = unknown extends Given
  ? Matcher
  : [Extract<Given, Wanted>] extends [never]
    ? Otherwise
    : Matcher;

/**
 * What `expect(fake)` has, typed by what it was given.
 * `Result` is what a matcher returns: nothing, or a promise after `.resolves`.
 */
export interface FakeMatchers<Result, Given> {
  /**
   * A command like this was sent, and not refused. `times` is how often, `{ times: 0 }` not at all; beside `document`,
   * `targets`, `parameters` and `comment`, any member of the request by AWS's name. Asymmetric matchers may stand for any
   * value, or for parts of it.
   *
   * A failure says what was sent instead, and in what it differs, and shows the timeline. An expectation that no command
   * could meet, such as a member that no request has, is a TypeError or a RangeError, under `.not`, too.
   *
   * ```js
   * expect(fake).toHaveSentCommand({ document: "AWS-RunShellScript", comment: expect.stringContaining("nightly") });
   * ```
   */
  toHaveSentCommand: On<Given, SomeFake, (expected?: ExpectedSend) => Result, OnlyForAFakeSsm>;
  /**
   * An invocation reached this detail: has it now, or had it, as the timeline shows. `on` is the node's id, by default any
   * node; `commandId` is by default the latest command.
   *
   * A failure says which details the invocations have, and shows the timeline. When there is no such command or no such
   * node, it fails, under `.not`, too; a detail that AWS does not have is a TypeError.
   *
   * ```js
   * expect(fake).toHaveReached("DeliveryTimedOut", { on: node.instanceId });
   * ```
   */
  toHaveReached: On<
    Given,
    SomeFake,
    (detail: InvocationDetail, which?: WhichInvocation) => Result,
    OnlyForAFakeSsm
  >;
  /**
   * The command ended as Success: the latest of a fake, or that with `commandId`; or the one of an outcome. A command that
   * is under way has not, and one that found no node neither.
   *
   * A failure says how it ended, and shows the timeline of a fake, or the nodes of an outcome. Without a command it fails,
   * under `.not`, too; a promise that was not awaited is a TypeError.
   *
   * ```js
   * expect(await sent.waitForTerminal()).toHaveSucceeded();
   * ```
   */
  toHaveSucceeded: On<
    Given,
    SomeFake,
    (which?: WhichCommand) => Result,
    On<Given, SomeOutcome, () => Result, OnlyForAFakeSsmOrAnOutcome>
  >;
  /**
   * Every fault that was ordered (`fake.faults`) has struck, be it once. Handlers and behaviors that came to nothing are in
   * `fake.unused()`, and are no trouble.
   *
   * A failure says which have not, what was called, and shows the timeline.
   *
   * ```js
   * expect(fake).toHaveNoUnusedTrouble();
   * ```
   */
  toHaveNoUnusedTrouble: On<Given, SomeFake, () => Result, OnlyForAFakeSsm>;
  /**
   * The function that was explored is wrong in no world: `report.wrong` is empty. What `allow` lets be is no matter.
   *
   * A failure names each world in which it is wrong, and shows the first: how it was wrong, what is left of the world as
   * code, the timeline, and how to run it alone. A promise that was not awaited is a TypeError.
   *
   * ```js
   * expect(report).toBeClean();
   * ```
   */
  toBeClean: On<Given, SomeReport, () => Result, OnlyForAReport>;
}
