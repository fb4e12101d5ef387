import { type TestAPI, test as vitestTest } from "vitest";
import { assertNoUnusedTrouble } from "../fake/assertions/assert.ts";
import { NO_CALL, shortTimeline } from "../fake/assertions/verdict.ts";
import { FakeSsm } from "../fake/fake-ssm.ts";
import type { FakeSsmOptions } from "../fake/fake-ssm-options.ts";
import type { Clock } from "../time/clock.ts";
import type { VirtualClock } from "../time/virtual-clock.ts";

/**
 * What a test can ask for.
 *
 * @inline
 */
export type FakeFixture<C extends Clock = VirtualClock> = {
  /** A fake of this test alone. */
  fake: FakeSsm<C>;
};

/**
 * Vitest's `test` with a fresh fake for each test that asks for one. When the test fails, the timeline of its fake is printed;
 * when it passes, it still fails if a fault that was ordered (`fake.faults`) never struck, or if a `byPlugin` names a plugin
 * that no step has. Handlers and other behaviors that came to nothing are in `fake.unused()`, and fail nothing. At its end the
 * fake is reset, which ends what still waits on it with a `ClockResetError`.
 *
 * @example
 * ```ts
 * import { test } from "ssm-run-command/vitest";
 *
 * test("deploys, though throttled", async ({ fake, expect }) => {
 *   fake.nodes.add({ tags: { Role: "web" } });
 *   fake.faults.throttle("SendCommand", { times: 1 });
 *   await deploy(fake.client()); // a fault that does not strike would fail the test
 *   expect(fake).toHaveSucceeded();
 * });
 * ```
 */
export const test: TestAPI<FakeFixture> = testWithFake();

/**
 * The same {@link test} with fakes that are made with options.
 *
 * @param options - See `FakeSsmOptions`. A clock that is given here is the clock of all of its fakes, one after the other.
 *
 * @example
 * ```ts
 * import { testWithFake } from "ssm-run-command/vitest";
 *
 * const test = testWithFake({ latency: "instant", nodes: [{ tags: { Role: "web" } }] });
 * test("deploys", async ({ fake, expect }) => {
 *   await deploy(fake);
 *   expect(fake).toHaveSentCommand({ times: 1 });
 * });
 * ```
 */
export function testWithFake<C extends Clock = VirtualClock>(
  options?: FakeSsmOptions<C>,
): TestAPI<FakeFixture<C>> {
  return vitestTest.extend<FakeFixture<C>>({
    // Vitest reads from these parameters what is asked for.
    fake: async ({ task, onTestFailed, onTestFinished }, use) => {
      const fake = new FakeSsm(options);
      let timeline: string | undefined;
      const end = async () => {
        if (timeline !== undefined) return;
        timeline = shortTimeline(fake);
        await fake.reset();
      };
      // Vitest 3 does not come back to a fixture when a hook of the test has thrown.
      onTestFinished(end);
      onTestFailed(() => printTimeline(timeline ?? shortTimeline(fake), task));
      try {
        await use(fake);
        const { state } = task.result ?? {};
        // A test that is meant to fail is not to be kept failing by its trouble.
        if (state !== "fail" && state !== "skip" && !task.fails) assertNoUnusedTrouble(fake);
      } finally {
        await end();
      }
    },
  });
}

/** A test, as far as it is looked at here. */
interface FailedTask {
  readonly name: string;
  /** Whether it was meant to: `test.fails`. */
  readonly fails?: boolean;
  /** What was thrown, which is not always an error. */
  readonly result?: { readonly errors?: readonly { readonly message?: unknown }[] };
}

/** Prints what happened, unless the error of the test says it. */
function printTimeline(
  timeline: string,
  { name, fails, result: { errors = [] } = {} }: FailedTask,
): void {
  const says = ({ message }: { readonly message?: unknown }) =>
    typeof message === "string" && message.includes(timeline === "" ? NO_CALL : timeline);
  if (fails || errors.some(says)) return;
  const story =
    timeline === "" ? "no command was sent, and no call was refused." : `\n\n${timeline}`;
  console.error(`The fake of the failed test ${JSON.stringify(name)}: ${story}`);
}
