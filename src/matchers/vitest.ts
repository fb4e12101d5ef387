// The entry point "ssm-run-command/vitest": importing it gives Vitest's `expect` the matchers.
import { expect } from "vitest";
import type { FakeMatchers } from "./fake-matchers.ts";
import { MATCHERS } from "./matchers.ts";

export { test, testWithFake } from "./fake-fixture.ts";

expect.extend(MATCHERS);

/** The matchers for what `expect()` was given. Their result is that of Vitest's own: nothing, or a promise after `.resolves`. */
type MatchersOf<Assertion extends { toBeDefined(): unknown }, Given> = FakeMatchers<
  ReturnType<Assertion["toBeDefined"]>,
  Awaited<Given>
>;

// `Assertion` is what all of Vitest 3, 4 and 5 have; `Matchers` came with 3.2. In 5 it has two parameters, of which this names
// one: compilers take that under `skipLibCheck`. After `.resolves`, Vitest 3 and 4 have the type of the promise: hence `Awaited`.
declare module "vitest" {
  interface Assertion<T> {
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
    toHaveSentCommand: MatchersOf<this, T>["toHaveSentCommand"];
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
    toHaveReached: MatchersOf<this, T>["toHaveReached"];
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
    toHaveSucceeded: MatchersOf<this, T>["toHaveSucceeded"];
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
    toHaveNoUnusedTrouble: MatchersOf<this, T>["toHaveNoUnusedTrouble"];
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
    toBeClean: MatchersOf<this, T>["toBeClean"];
  }
}
