import type { InvocationDetail } from "../domain/status.ts";
import { cleanVerdict, type SomeReport } from "../explore/report-text.ts";
import { AssertionError } from "../fake/assertions/assertion-error.ts";
import type { ExpectedSend } from "../fake/assertions/expected-send.ts";
import { reachedVerdict, type WhichInvocation } from "../fake/assertions/reached.ts";
import { sentVerdict } from "../fake/assertions/sent.ts";
import { type SomeOutcome, succeededVerdict } from "../fake/assertions/succeeded.ts";
import { unusedTroubleVerdict } from "../fake/assertions/unused-trouble.ts";
import type { Verdict, WhichCommand } from "../fake/assertions/verdict.ts";
import { lookAtFake } from "../fake/check-fake.ts";
import type { FakeSsm } from "../fake/fake-ssm.ts";
import type { Clock } from "../time/clock.ts";
import type { FakeMatchers } from "./fake-matchers.ts";

/** What a matcher returns to Vitest and to Jest. The message says all, so there is nothing for them to compare. */
interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Arguments that no matcher has. */
type Unexpected = readonly unknown[];

/** The matchers, for `expect.extend()`. What `expect()` was given is checked: types are not everybody's. */
export const MATCHERS = {
  toHaveSentCommand: (given: FakeSsm<Clock>, expected?: ExpectedSend, ...more: Unexpected) => {
    const place = "toHaveSentCommand()";
    checkGiven(given, place);
    return resultOf(() => sentVerdict(given, { expected, more, place }));
  },

  toHaveReached: (
    given: FakeSsm<Clock>,
    detail: InvocationDetail,
    which?: WhichInvocation,
    ...more: Unexpected
  ) => {
    const place = "toHaveReached()";
    checkGiven(given, place);
    return resultOf(() => reachedVerdict(given, { detail, which, more, place }));
  },

  toHaveSucceeded: (
    given: FakeSsm<Clock> | SomeOutcome,
    which?: WhichCommand,
    ...more: Unexpected
  ) => {
    const place = "toHaveSucceeded()";
    const advice = "Give expect() a FakeSsm, or an outcome: expect(await sent.waitForTerminal()).";
    return resultOf(() => succeededVerdict(given, { which, more, place, advice }));
  },

  toHaveNoUnusedTrouble: (given: FakeSsm<Clock>, ...more: Unexpected) => {
    const place = "toHaveNoUnusedTrouble()";
    checkGiven(given, place);
    return resultOf(() => unusedTroubleVerdict(given, { more, place }));
  },

  toBeClean: (given: SomeReport, ...more: Unexpected) => {
    const place = "toBeClean()";
    const advice = "Give expect() the report: expect(await explore(yourFunction)).toBeClean().";
    return resultOf(() => cleanVerdict(given, { more, place, advice }));
  },
} as const satisfies Record<keyof FakeMatchers<void, unknown>, unknown>;

function checkGiven(given: FakeSsm<Clock>, place: string): void {
  lookAtFake(given, place, "Give expect() a FakeSsm.");
}

function resultOf(look: () => Verdict): MatcherResult {
  try {
    const { holds, message } = look();
    return { pass: holds, message };
  } catch (error) {
    // There is nothing to look at, which fails under `not`, too. Jest puts a comparison of its own before such an error.
    throw error instanceof AssertionError ? new Error(error.message) : error;
  }
}
