import { describe, expect, it } from "vitest";
import { objectApi } from "../../../../src/fake/adapters/object/object-api.ts";
import type { Result } from "../../../../src/fake/result.ts";
import { refusalOf } from "../../../support/rejection.ts";

/** The object API over a service that gives every call the same answer, and notes the calls. */
function anApi(answer: Result<unknown> = { ok: true, value: {} }) {
  const asked: (readonly [operation: string, input: unknown])[] = [];
  let ids = 0;
  const call = async (operation: string, input: unknown) => {
    asked.push([operation, input]);
    return answer;
  };
  const api = objectApi({ call, requestId: () => `request ${++ids}`, membersOf: () => ({}) });
  return { api, asked };
}

describe("the object API", () => {
  it.each([
    ["sendCommand", "SendCommand"],
    ["cancelCommand", "CancelCommand"],
    ["getCommandInvocation", "GetCommandInvocation"],
    ["listCommands", "ListCommands"],
    ["listCommandInvocations", "ListCommandInvocations"],
  ] as const)("asks with %s for %s", async (method, operation) => {
    const { api, asked } = anApi();
    await api[method]({ CommandId: "c" } as never);
    expect(asked).toEqual([[operation, { CommandId: "c" }]]);
  });

  it("is made of functions that need no this", async () => {
    const { api, asked } = anApi();
    const { listCommands } = api;
    await listCommands({ CommandId: "c" });
    expect(asked).toEqual([["ListCommands", { CommandId: "c" }]]);
  });

  it("returns the metadata of a call that came through at once", async () => {
    const { $metadata } = await anApi().api.listCommands({});
    expect($metadata).toEqual({
      httpStatusCode: 200,
      requestId: "request 1",
      attempts: 1,
      totalRetryDelay: 0,
    });
  });

  it("hands in a copy of what it is given", async () => {
    const { api, asked } = anApi();
    const Filters = [{ key: "Status" as const, value: "Success" }];
    await api.listCommands({ Filters });
    Filters.length = 0;
    expect(asked[0]?.[1]).toEqual({ Filters: [{ key: "Status", value: "Success" }] });
  });

  it("hands out a copy of what the service keeps", async () => {
    const kept = { Commands: [{ Comment: "kept" }] };
    const { Commands } = await anApi({ ok: true, value: kept }).api.listCommands({});
    Commands![0]!.Comment = "changed";
    expect(kept.Commands[0]?.Comment).toBe("kept");
  });

  it("hands out dates as dates", async () => {
    const RequestedDateTime = new Date(0);
    const answer = { Commands: [{ RequestedDateTime }] };
    const { Commands } = await anApi({ ok: true, value: answer }).api.listCommands({});
    expect(Commands?.[0]?.RequestedDateTime).toEqual(RequestedDateTime);
  });

  it.each([
    ["undefined", { CommandId: undefined }],
    ["null", { CommandId: null }],
  ])("leaves out a member that is %s, as the SDK does", async (_, input) => {
    const { api, asked } = anApi();
    await api.listCommands(input as never);
    expect(asked[0]?.[1]).toEqual({});
  });

  it("takes no request at all for an empty one", async () => {
    const { api, asked } = anApi();
    await api.listCommands(undefined as never);
    expect(asked[0]?.[1]).toEqual({});
  });

  it("throws a refusal", async () => {
    const refusal = { name: "InvalidCommandId", message: "No." };
    const { api } = anApi({ ok: false, refusal });
    expect(await refusalOf(api.cancelCommand({ CommandId: "c" }))).toEqual(refusal);
  });

  it("reads what is not JSON as the nearest JSON, an object inside itself left out", async () => {
    const { api, asked } = anApi();
    const circular: { CommandId?: unknown; MaxResults?: unknown } = { MaxResults: 5n };
    circular.CommandId = circular;
    await api.listCommands(circular as never);
    expect(asked).toEqual([["ListCommands", { MaxResults: 5 }]]);
  });
});
