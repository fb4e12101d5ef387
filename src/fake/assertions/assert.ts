import type { InvocationDetail } from "../../domain/status.ts";
import type { Clock } from "../../time/clock.ts";
import { lookAtFake } from "../check-fake.ts";
import type { FakeSsm } from "../fake-ssm.ts";
import type { ExpectedOnce, ExpectedSend } from "./expected-send.ts";
import { reachedVerdict, type WhichInvocation } from "./reached.ts";
import { sentVerdict } from "./sent.ts";
import { sentOnceVerdict } from "./sent-once.ts";
import { type SomeOutcome, succeededVerdict } from "./succeeded.ts";
import { unusedTroubleVerdict } from "./unused-trouble.ts";
import { refuseMore, throwUnless, type WhichCommand } from "./verdict.ts";

/**
 * Asserts that a command like this was sent, and not refused.
 *
 * @param fake - The fake that should have received it.
 * @param expected - What it should have, and how often it should have been sent (`times`).
 * @throws AssertionError that says what was sent instead, and in what it differs, and shows the timeline. It shows the value
 *   of a parameter only if `expected` names that parameter.
 *
 * @example
 * ```ts
 * await deploy(fake);
 * assertSent(fake, { document: "AWS-RunShellScript", targets: tagTargets({ Role: "web" }), times: 1 });
 * assertSent(fake, { times: 0, MaxErrors: "100%" }); // any member of the request, by AWS's name
 * ```
 */
export function assertSent(fake: FakeSsm<Clock>, expected?: ExpectedSend): void;
export function assertSent(
  fake: FakeSsm<Clock>,
  expected?: ExpectedSend,
  ...more: readonly unknown[]
): void {
  const place = "assertSent()";
  lookAtFake(fake, place);
  throwUnless(sentVerdict(fake, { expected, more, place }), assertSent);
}

/**
 * Asserts that one command like this was sent, and no second one: that a retry after a lost answer
 * (`fake.faults.loseAnswer`) has not sent it again.
 *
 * @param fake - The fake that should have received it.
 * @param expected - What it should have, as for {@link assertSent}, without `times`.
 * @throws AssertionError that says what was sent instead, and whether one and the same command was sent more than once, and
 *   shows the timeline.
 *
 * @example
 * ```ts
 * fake.faults.loseAnswer("SendCommand", { times: 1 });
 * await runCommand.send(request, { once: "deploy-17" }); // finds the command by its key
 * assertSentOnce(fake, { document: "AWS-RunShellScript" });
 * ```
 */
export function assertSentOnce(fake: FakeSsm<Clock>, expected?: ExpectedOnce): void;
export function assertSentOnce(
  fake: FakeSsm<Clock>,
  expected?: ExpectedOnce,
  ...more: readonly unknown[]
): void {
  const place = "assertSentOnce()";
  lookAtFake(fake, place);
  throwUnless(sentOnceVerdict(fake, { expected, more, place }), assertSentOnce);
}

/**
 * Asserts that no command was sent. A call that was refused has sent nothing; `fake.journal` has those, too.
 *
 * @param fake - The fake that should have received none.
 * @throws AssertionError that says what was sent, and shows the timeline.
 *
 * @example
 * ```ts
 * await runCommand.send({ ...request, DocumentName: "release" }).catch(() => {}); // no such document: refused
 * assertNothingSent(fake);
 * ```
 */
export function assertNothingSent(fake: FakeSsm<Clock>): void;
export function assertNothingSent(fake: FakeSsm<Clock>, ...more: readonly unknown[]): void {
  const place = "assertNothingSent()";
  lookAtFake(fake, place);
  refuseMore(more, place, "For some commands only, it is assertSent(fake, { …, times: 0 }).");
  throwUnless(sentVerdict(fake, { expected: { times: 0 }, place }), assertNothingSent);
}

/**
 * Asserts that an invocation reached a detail: that it has it now, or that it had it once.
 *
 * @param fake - The fake that the command was sent to.
 * @param detail - A `StatusDetails` of an invocation.
 * @param which - `on`: the node's id, by default any node; `commandId`: by default the latest command.
 * @throws AssertionError that says which details the invocations have, and shows the timeline; also when there is no such
 *   command or no such node.
 *
 * @example
 * ```ts
 * node.goOffline();
 * await deploy(fake);
 * assertReached(fake, "DeliveryTimedOut", { on: node.instanceId });
 * ```
 */
export function assertReached(
  fake: FakeSsm<Clock>,
  detail: InvocationDetail,
  which?: WhichInvocation,
): void;
export function assertReached(
  fake: FakeSsm<Clock>,
  detail: InvocationDetail,
  which?: WhichInvocation,
  ...more: readonly unknown[]
): void {
  const place = "assertReached()";
  lookAtFake(fake, place);
  throwUnless(reachedVerdict(fake, { detail, which, more, place }), assertReached);
}

/**
 * Asserts that a command ended as Success, by its outcome.
 *
 * @param outcome - What `waitForTerminal()` resolves with, or one of its `invocations`.
 * @throws AssertionError that says how it ended, and on which nodes.
 *
 * @example
 * ```ts
 * assertSucceeded(await deploy(fake));
 * ```
 */
export function assertSucceeded(outcome: SomeOutcome): void;
/**
 * Asserts that a command ended as Success, by the fake that it was sent to.
 *
 * @param fake - The fake.
 * @param which - `commandId`: by default the latest command.
 * @throws AssertionError that says which status the command has, and shows the timeline.
 *
 * @example
 * ```ts
 * await deploy(fake);
 * assertSucceeded(fake);
 * ```
 */
export function assertSucceeded(fake: FakeSsm<Clock>, which?: WhichCommand): void;
export function assertSucceeded(
  given: FakeSsm<Clock> | SomeOutcome,
  which?: WhichCommand,
  ...more: readonly unknown[]
): void {
  const place = "assertSucceeded()";
  const advice = "Give it a FakeSsm, or an outcome: assertSucceeded(await sent.waitForTerminal()).";
  throwUnless(succeededVerdict(given, { which, more, place, advice }), assertSucceeded);
}

/**
 * Asserts that every fault that was ordered has struck: that no test is green because its trouble never came.
 *
 * @param fake - The fake with the faults.
 * @throws AssertionError that says which have not, what was called, and shows the timeline.
 *
 * @example
 * ```ts
 * fake.faults.throttle("SendCommand", { times: 1 });
 * await deploy(ssm); // the SDK tries again
 * assertNoUnusedTrouble(fake);
 * ```
 */
export function assertNoUnusedTrouble(fake: FakeSsm<Clock>): void;
export function assertNoUnusedTrouble(fake: FakeSsm<Clock>, ...more: readonly unknown[]): void {
  const place = "assertNoUnusedTrouble()";
  lookAtFake(fake, place);
  throwUnless(unusedTroubleVerdict(fake, { more, place }), assertNoUnusedTrouble);
}
