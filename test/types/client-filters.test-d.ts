import type { CommandFilterKey } from "@aws-sdk/client-ssm";
import type {} from "ssm-run-command";
import { describe, expectTypeOf, it } from "vitest";
import type { CommandsFilter, InvocationsFilter } from "../../src/client/requests/requests.ts";

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
