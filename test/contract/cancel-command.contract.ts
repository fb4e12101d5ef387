import { hangs, succeeds } from "ssm-run-command/fake";
import { expect } from "vitest";
import { refusalOf } from "../support/rejection.ts";
import type { AddCase } from "./contract.ts";
import { nodeId, SCRIPT, UNKNOWN_COMMAND_ID } from "./contract-account.ts";

const cancelled = "Cancelled/Cancelled";
const running = "InProgress/InProgress";

/** How commands are cancelled. Source: [rules-cancel]. */
export function cancelCommandContract(addCase: AddCase): void {
  const busy = { nodes: [{ behavior: hangs({ stdout: "half\n", stderr: "way\n" }) }] };

  addCase("returns nothing", async (open) => {
    const account = open(busy);
    const { CommandId } = await account.send();
    const { $metadata, ...answer } = await account.api.cancelCommand({ CommandId });
    expect([$metadata.httpStatusCode, answer]).toEqual([200, {}]);
  });

  addCase("a running process is killed, and its invocation Cancelled with 137", async (open) => {
    const account = open(busy);
    const command = await account.send();
    await account.fake.clock.advance("482ms");
    await account.api.cancelCommand({ CommandId: command.CommandId });
    const { Status, StatusDetails, ResponseCode } = await account.invocation(command);
    expect([Status, StatusDetails, ResponseCode]).toEqual(["Cancelled", "Cancelled", 137]);
  });

  addCase("a killed process keeps what it wrote, and gets no line from the agent", async (open) => {
    const account = open(busy);
    const command = await account.send();
    await account.fake.clock.advance("482ms");
    await account.api.cancelCommand({ CommandId: command.CommandId });
    const shown = await account.invocation(command);
    expect([
      shown.StandardOutputContent,
      shown.StandardErrorContent,
      shown.ExecutionElapsedTime,
    ]).toEqual(["half\n", "way\n", "PT0.482S"]);
  });

  addCase("the command is Cancelled, its node completed and no error", async (open) => {
    const account = open(busy);
    const command = await account.send();
    await account.api.cancelCommand({ CommandId: command.CommandId });
    expect([await account.standing(command), await account.counts(command)]).toEqual([
      cancelled,
      [1, 1, 0, 0],
    ]);
  });

  addCase("a running process is InProgress until it is killed", async (open) => {
    const account = open({ ...busy, latency: { cancelLatency: "3s" } });
    const command = await account.send();
    await account.api.cancelCommand({ CommandId: command.CommandId });
    await account.fake.clock.advance("2999ms");
    expect([await account.standing(command), await account.standings(command)]).toEqual([
      running,
      [running],
    ]);
  });

  addCase("a process that ends before it is killed keeps its own end", async (open) => {
    const account = open({
      nodes: [{ behavior: succeeds({ after: "2s" }) }],
      latency: { cancelLatency: "3s" },
    });
    const command = await account.send();
    await account.api.cancelCommand({ CommandId: command.CommandId });
    await account.fake.clock.advance("3s");
    expect(await account.standing(command)).toBe("Success/Success");
  });

  addCase("what was not sent yet is Cancelled at once, with -1", async (open) => {
    const account = open({ nodes: [{ behavior: hangs() }, {}] });
    const command = await account.send({ MaxConcurrency: "1" });
    await account.api.cancelCommand({ CommandId: command.CommandId });
    const { StatusDetails, ResponseCode } = await account.invocation(command, nodeId(2));
    expect([StatusDetails, ResponseCode]).toEqual(["Cancelled", -1]);
  });

  addCase("what waits for its node is Cancelled at once, with -1", async (open) => {
    const account = open({ nodes: [{ agent: "unreachable" }] });
    const command = await account.send();
    await account.fake.clock.advance("10s");
    await account.api.cancelCommand({ CommandId: command.CommandId });
    const { StatusDetails, ResponseCode } = await account.invocation(command);
    expect([StatusDetails, ResponseCode]).toEqual(["Cancelled", -1]);
  });

  addCase("a node that comes back does not take what was cancelled", async (open) => {
    const account = open({ nodes: [{ agent: "unreachable" }] });
    const command = await account.send();
    await account.api.cancelCommand({ CommandId: command.CommandId });
    account.fake.nodes.list()[0]!.comeBack();
    expect(await account.standings(command)).toEqual([cancelled]);
  });

  addCase("nodes that are not named go on", async (open) => {
    const account = open({ nodes: [{ behavior: hangs() }, { behavior: hangs() }] });
    const { CommandId } = await account.send();
    await account.api.cancelCommand({ CommandId, InstanceIds: [nodeId(1)] });
    expect(await account.standings({ CommandId })).toEqual([cancelled, running]);
  });

  addCase("a command is Incomplete when the nodes that went on succeed", async (open) => {
    const account = open({
      nodes: [{ behavior: hangs() }, { behavior: succeeds({ after: "5s" }) }],
    });
    const { CommandId } = await account.send();
    await account.api.cancelCommand({ CommandId, InstanceIds: [nodeId(1)] });
    await account.fake.clock.advance("5s");
    expect(await account.standing({ CommandId })).toBe("Success/Incomplete");
  });

  addCase("a cancelled command is Cancelled although some nodes had succeeded", async (open) => {
    const account = open({ nodes: [{}, { behavior: hangs() }] });
    const command = await account.send();
    await account.invocations(command);
    await account.api.cancelCommand({ CommandId: command.CommandId });
    expect([await account.standing(command), await account.standings(command)]).toEqual([
      cancelled,
      ["Success/Success", cancelled],
    ]);
  });

  addCase("a command that has ended stays as it is", async (open) => {
    const account = open({ nodes: [{}] });
    const command = await account.send();
    await account.standing(command);
    await account.api.cancelCommand({ CommandId: command.CommandId });
    expect(await account.standing(command)).toBe("Success/Success");
  });

  addCase("a cancel before the records exist waits for them", async (open) => {
    const account = open({ nodes: [{}], latency: { visibilityDelay: "1s" } });
    const command = await account.send();
    await account.api.cancelCommand({ CommandId: command.CommandId });
    await account.fake.clock.advance("1s");
    expect(await account.standing(command)).toBe(cancelled);
  });

  addCase("refuses a command that nobody sent", async (open) => {
    const { api } = open();
    expect(await refusalOf(api.cancelCommand({ CommandId: UNKNOWN_COMMAND_ID }))).toEqual({
      name: "InvalidCommandId",
      message: `Command id ${UNKNOWN_COMMAND_ID} does not exist.`,
    });
  });

  addCase("refuses a malformed id, and counts what is wrong with it", async (open) => {
    const { api } = open();
    expect(await refusalOf(api.cancelCommand({ CommandId: "invalid" }))).toEqual({
      name: "ValidationException",
      message:
        "2 validation errors detected: Value 'invalid' at 'commandId' failed to satisfy constraint: Member must have length greater than or equal to 36; Value 'invalid' at 'commandId' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}$",
    });
  });

  addCase("refuses a node that the command does not go to", async (open) => {
    const account = open({ nodes: [{}, {}] });
    const { CommandId } = await account.send({ ...SCRIPT, InstanceIds: [nodeId(1)] });
    const cancel = account.api.cancelCommand({ CommandId, InstanceIds: [nodeId(2)] });
    expect((await refusalOf(cancel)).name).toBe("InvalidInstanceId");
  });

  addCase("refuses the same node twice", async (open) => {
    const account = open(busy);
    const { CommandId } = await account.send();
    const InstanceIds = [nodeId(1), nodeId(1)];
    const cancel = account.api.cancelCommand({ CommandId, InstanceIds });
    expect((await refusalOf(cancel)).name).toBe("DuplicateInstanceId");
  });
}
