import type { CommandFilterKey } from "@aws-sdk/client-ssm";
import type { CommandsRequest, InvocationsRequest } from "ssm-run-command";
import { describe, expectTypeOf, it } from "vitest";

type CommandsFilter = NonNullable<CommandsRequest["Filters"]>[number];
type InvocationsFilter = NonNullable<InvocationsRequest["Filters"]>[number];

describe("the keys that a filter may have", () => {
  it("are those of the SDK, of commands", () => {
    expectTypeOf<CommandsFilter["key"]>().toEqualTypeOf<CommandFilterKey>();
  });

  it("are those of the SDK but the stage, of invocations", () => {
    expectTypeOf<InvocationsFilter["key"]>().toEqualTypeOf<
      Exclude<CommandFilterKey, "ExecutionStage">
    >();
  });
});
