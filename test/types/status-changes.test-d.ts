import {
  type CommandLook,
  type CommandOutcome,
  parseStatusChange,
  parseStatusChanges,
  type RunCommandClient,
  retryRequest,
  type StatusChange,
  summarize,
} from "ssm-run-command";
import { describe, expectTypeOf, it } from "vitest";

/** `StandardSchemaV1` of `@standard-schema/spec` 1.0. */
interface StandardSchemaV1<Input = unknown, Output = Input> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => Result<Output> | Promise<Result<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}
type Result<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly Issue[] };
interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}
type InferOutput<Schema extends StandardSchemaV1<unknown, unknown>> = NonNullable<
  Schema["~standard"]["types"]
>["output"];

declare const change: StatusChange;
declare const outcome: CommandOutcome;
declare const look: CommandLook;
declare const runCommand: RunCommandClient;

describe("a status change", () => {
  it("has the id of a node if it is about an invocation", () => {
    if (change.scope === "invocation") expectTypeOf(change.instanceId).toEqualTypeOf<string>();
    else expectTypeOf(change.instanceId).toEqualTypeOf<undefined>();
    expectTypeOf(change.scope).toEqualTypeOf<"command" | "invocation">();
    expectTypeOf(change.at).toEqualTypeOf<Date>();
    expectTypeOf(change.raw).toEqualTypeOf<unknown>();
  });

  it("is read from anything, one or all", () => {
    expectTypeOf(parseStatusChange).toBeCallableWith(undefined);
    expectTypeOf(parseStatusChange({})).toEqualTypeOf<StatusChange>();
    expectTypeOf(parseStatusChanges({})).toEqualTypeOf<readonly StatusChange[]>();
  });
});

describe("parseStatusChange", () => {
  it("is a Standard Schema that gives status changes", () => {
    expectTypeOf(parseStatusChange).toExtend<StandardSchemaV1<unknown, StatusChange>>();
    expectTypeOf<InferOutput<typeof parseStatusChange>>().toEqualTypeOf<StatusChange>();
  });
});

describe("a retry", () => {
  it("is a request to send, or undefined", () => {
    const again = retryRequest(outcome);
    // @ts-expect-error there may be nothing to send
    void runCommand.send(again);
    if (again) void runCommand.send(again);
    expectTypeOf(again?.InstanceIds).toEqualTypeOf<string[] | undefined>();
  });

  it("takes kinds that did not succeed, of what has ended", () => {
    retryRequest(outcome, { only: ["failed", "deliveryTimedOut"] });
    // @ts-expect-error nothing is to be tried again there
    retryRequest(outcome, { only: ["succeeded"] });
    // @ts-expect-error it may not have ended
    retryRequest(look);
  });
});

describe("a summary", () => {
  it("is made of looks, too", () => {
    expectTypeOf(summarize(look).kind).toEqualTypeOf<CommandLook["kind"]>();
  });
});
