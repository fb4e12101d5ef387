import { expect } from "vitest";
import { callOperation, type Operation } from "../../../../src/fake/calls/operation.ts";
import type { LogAccount } from "../../../../src/fake/logs/log-account.ts";
import { LogStore } from "../../../../src/fake/logs/log-store.ts";
import { LOGS_DIALECT } from "../../../../src/fake/logs/logs-operation.ts";
import type { Result } from "../../../../src/fake/result.ts";

/** 2024-01-01T00:00:00Z. */
export const T0 = 1_704_067_200_000;

/** An account whose group `/app` holds these events, written in this order, each some milliseconds after {@link T0}. */
export function anAccount(
  ...events: readonly (readonly [stream: string, after: number, message: string])[]
): LogAccount {
  const store = new LogStore();
  store.createGroup("/app", T0);
  for (const [stream, after, message] of events) {
    store.write({ group: "/app", stream, messages: [message], at: T0 + after });
  }
  return { store, region: "us-east-1", accountId: "123456789012", now: () => T0 };
}

/** Calls an operation as the service does: the members of the request are checked first. */
export function ask<Output>(
  operation: Operation<LogAccount, Output>,
  account: LogAccount,
  input: unknown,
): Result<Output> {
  const answer = callOperation(operation, { input, context: account, dialect: LOGS_DIALECT });
  if ("ok" in answer) return answer;
  throw new Error("An operation of CloudWatch Logs answers at once.");
}

/** The answer. A refusal fails the test with its message. */
export function answerOf<T>(answer: Result<T>): T {
  expect(answer).toMatchObject({ ok: true });
  if (!answer.ok) throw new Error(answer.refusal.message);
  return answer.value;
}

/** Every page of a listing that ends when the token is absent. */
export function pagesOf<T extends { readonly nextToken?: string }>(
  ask: (token: { readonly nextToken?: string }) => Result<T>,
): readonly T[] {
  const pages = [answerOf(ask({}))];
  for (let token = pages[0]?.nextToken; token !== undefined; token = pages.at(-1)?.nextToken) {
    pages.push(answerOf(ask({ nextToken: token })));
  }
  return pages;
}
