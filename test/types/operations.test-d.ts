import type {
  CancelCommandRequest,
  CancelCommandResult,
  DescribeInstanceInformationRequest,
  GetCommandInvocationRequest,
} from "@aws-sdk/client-ssm";
import { FakeSsm, type OperationName } from "ssm-run-command/fake";
import { describe, expectTypeOf, it } from "vitest";
import type { CheckedRequest, MembersOf } from "../../src/fake/calls/constraint.ts";
import { ok } from "../../src/fake/result.ts";
import { commandId, instanceIds } from "../../src/fake/ssm/members.ts";
import { ssmOperation } from "../../src/fake/ssm/ssm-operation.ts";

describe("an operation", () => {
  it("has every member of the SDK's request, and gets what is required", () => {
    ssmOperation<CancelCommandRequest, CancelCommandResult>(
      { CommandId: { ...commandId, required: true }, InstanceIds: instanceIds },
      ({ CommandId, InstanceIds }) => {
        expectTypeOf(CommandId).toEqualTypeOf<string>();
        expectTypeOf(InstanceIds).toEqualTypeOf<string[] | undefined>();
        return ok({});
      },
    );
  });

  it("does not compile without one of them", () => {
    ssmOperation<CancelCommandRequest, CancelCommandResult>(
      // @ts-expect-error InstanceIds is missing
      { CommandId: { ...commandId, required: true } },
      () => ok({}),
    );
  });

  it("does not compile with a member that the SDK does not know", () => {
    ssmOperation<CancelCommandRequest, CancelCommandResult>(
      {
        CommandId: { ...commandId, required: true },
        InstanceIds: instanceIds,
        // @ts-expect-error there is no such member
        NodeIds: instanceIds,
      },
      () => ok({}),
    );
  });

  it("does not compile with the handler of another one", () => {
    const ofAnother = ({ InstanceId }: CheckedRequest<GetCommandInvocationRequest>) =>
      ok({ InstanceId });
    ssmOperation<CancelCommandRequest, CancelCommandResult>(
      { CommandId: { ...commandId, required: true }, InstanceIds: instanceIds },
      // @ts-expect-error the request has no InstanceId
      ofAnother,
    );
  });
});

describe("a table of members", () => {
  it("demands what cannot be left out, and nothing else", () => {
    expectTypeOf<MembersOf<CancelCommandRequest>["CommandId"]["required"]>().toEqualTypeOf<true>();
    // @ts-expect-error CommandId is required
    const optional: MembersOf<CancelCommandRequest>["CommandId"] = { type: "string" };
    expectTypeOf(optional).toHaveProperty("type");
  });

  it("has the kinds of the SDK's types, down to the members of structures", () => {
    type Members = MembersOf<DescribeInstanceInformationRequest>;
    expectTypeOf<Members["MaxResults"]["type"]>().toEqualTypeOf<"integer" | "long">();
    expectTypeOf<Members["Filters"]["type"]>().toEqualTypeOf<"list">();
    expectTypeOf<keyof Members["Filters"]["of"]["members"]>().toEqualTypeOf<"Key" | "Values">();
  });
});

describe("the name of an operation", () => {
  const fake = new FakeSsm();

  it("is one of either service, or all of them", () => {
    expectTypeOf(fake.on).parameter(0).toEqualTypeOf<OperationName | "*">();
    expectTypeOf(fake.faults.throttle).parameter(0).toEqualTypeOf<OperationName | "*">();
    expectTypeOf<"DescribeLogGroups">().toExtend<OperationName>();
  });

  it("does not compile with a slip of the fingers", () => {
    // @ts-expect-error ListCommands
    const misspelt: OperationName = "ListComands";
    expectTypeOf(misspelt).toBeString();
  });
});
