import type { RunCommandApi } from "ssm-run-command";
import { expect, it } from "vitest";
import { nodeId, SCRIPT, UNKNOWN_COMMAND_ID } from "../contract/contract-account.ts";
import { describeOnBothRoads } from "../support/both-roads.ts";
import { refusalOf, rejectionOf } from "../support/rejection.ts";

/** What an SDK says when the service sends no message. */
const NO_TEXT = "UnknownError";
const UNKNOWN = { CommandId: UNKNOWN_COMMAND_ID };

type Call = (api: RunCommandApi) => Promise<unknown>;

/** Refusals whose answer has a name and nothing else. */
const WITHOUT_TEXT: readonly (readonly [name: string, call: Call])[] = [
  [
    "InvalidDocument",
    (api) =>
      api.sendCommand({ ...SCRIPT, InstanceIds: [nodeId(1)], DocumentName: "document-missing" }),
  ],
  [
    "InvalidDocumentVersion",
    (api) => api.sendCommand({ ...SCRIPT, InstanceIds: [nodeId(1)], DocumentVersion: "999999" }),
  ],
  ["InvalidNextToken", (api) => api.listCommands({ NextToken: "invalid" })],
  ["InvalidNextToken", (api) => api.listCommandInvocations({ NextToken: "invalid" })],
];

/** How the service refuses calls [rec-2026-09-27-control-edges] [rec-2026-09-27-admission]. */
describeOnBothRoads("recorded facts about refusals", (open) => {
  it("G13 an unknown command has no invocations in a list", async () => {
    const { api } = open();
    const { Commands } = await api.listCommands(UNKNOWN);
    const { CommandInvocations } = await api.listCommandInvocations(UNKNOWN);
    expect([Commands, CommandInvocations]).toEqual([[], []]);
  });

  it("G13 GetCommandInvocation does not find the invocation of an unknown command", async () => {
    const { api } = open({ nodes: [{}] });
    const call = api.getCommandInvocation({ ...UNKNOWN, InstanceId: nodeId(1) });
    expect(await refusalOf(call)).toEqual({
      name: "InvocationDoesNotExist",
      message: `Invocation not found for ${UNKNOWN_COMMAND_ID}, ${nodeId(1)}`,
    });
  });

  it("G13 CancelCommand does not know an unknown command", async () => {
    const { api } = open();
    expect(await refusalOf(api.cancelCommand(UNKNOWN))).toEqual({
      name: "InvalidCommandId",
      message: `Command id ${UNKNOWN_COMMAND_ID} does not exist.`,
    });
  });

  it.each(WITHOUT_TEXT)("G16 %s comes without a text", async (name, call) => {
    expect(await refusalOf(call(open({ nodes: [{}] }).api))).toEqual({ name, message: NO_TEXT });
  });

  it("G21 violations are counted, each with its value, its path and the constraint", async () => {
    const { api } = open();
    const call = api.getCommandInvocation({ CommandId: "invalid", InstanceId: nodeId(1) });
    const at = "Value 'invalid' at 'commandId' failed to satisfy constraint:";
    expect(await refusalOf(call)).toEqual({
      name: "ValidationException",
      message: `2 validation errors detected: ${at} Member must have length greater than or equal to 36; ${at} Member must satisfy regular expression pattern: ^[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}$`,
    });
  });

  it.each<readonly [name: string, call: Call]>([
    ["ValidationException", (api) => api.cancelCommand({ CommandId: "invalid" })],
    ["AccessDeniedException", (api) => api.sendCommand({ ...SCRIPT, InstanceIds: [nodeId(1)] })],
    ["ThrottlingException", (api) => api.listCommands({})],
    ["InvalidCommandId", (api) => api.cancelCommand(UNKNOWN)],
  ])("G21 %s is HTTP status 400", async (name, call) => {
    const { api, fake } = open({ nodes: [{ access: "denied" }] });
    fake.faults.throttle("ListCommands", { every: 1 });
    expect(await rejectionOf(call(api))).toMatchObject({
      name,
      $metadata: { httpStatusCode: 400 },
    });
  });
});
