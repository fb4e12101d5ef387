import { InvocationDoesNotExist } from "@aws-sdk/client-ssm";
import { RunCommandClient, RunCommandError, runShellScript } from "ssm-run-command";
import { FakeSsm, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../../support/rejection.ts";
import { COMMAND_ID, scriptedApi } from "../../support/scripted-api.ts";

const TWO_STEPS = {
  schemaVersion: "2.2",
  description: "Two steps.",
  mainSteps: ["install", "verify"].map((name) => ({
    action: "aws:runShellScript",
    name,
    inputs: { runCommand: ["true"] },
  })),
};
const instanceId = "i-00000001";

/** A command that ran on one node, of one step or of two. */
async function ran({ steps, stdout = "one\n" }: { steps: 1 | 2; stdout?: string }) {
  const fake = new FakeSsm();
  fake.nodes.add({
    instanceId,
    behavior: (run) =>
      run.plugin.name === "verify"
        ? succeeds({ after: "5s", stdout: "two\n", stderr: "careful\n" })
        : succeeds({ after: "5s", stdout }),
  });
  await fake.documents.add("Two-Steps", TWO_STEPS);
  const runCommand = new RunCommandClient(fake);
  const document = steps === 1 ? runShellScript("true") : { DocumentName: "Two-Steps" };
  const sent = await runCommand.send({ ...document, InstanceIds: [instanceId] });
  const end = () => sent.waitForTerminal();
  return { fake, runCommand, at: { commandId: sent.commandId, instanceId }, end };
}

describe("readOutput", () => {
  it("takes a command that was sent, with the node beside it", async () => {
    const { runCommand, end } = await ran({ steps: 1 });
    const { command, invocations } = await end();
    const sent = { commandId: `${command.CommandId}`, command, cancel: () => {} };
    const output = await runCommand.readOutput({ ...invocations[0], ...sent, instanceId });
    expect(output.stdout).toBe("one\n");
  });

  it.each([
    [{ commandId: "c" }, "readOutput() was given { commandId }, without instanceId."],
    [{ instanceId }, "readOutput() was given { instanceId }, without commandId."],
    ["c", 'readOutput() was given "c", without commandId.'],
    [
      { commandId: "c", instanceId, plugiName: "x" },
      'What readOutput() was given has no member "plugiName". Did you mean pluginName?',
    ],
  ])("refuses what names no plugin: %j", async (at, message) => {
    const { runCommand } = await ran({ steps: 1 });
    await expect(runCommand.readOutput(at as never)).rejects.toThrow(message);
  });

  it("gives the streams of the only plugin of a node that succeeded", async () => {
    const { runCommand, at, end } = await ran({ steps: 1 });
    await end();
    expect(await runCommand.readOutput(at)).toEqual({
      name: "aws:runShellScript",
      status: "Success",
      statusDetails: "Success",
      exitCode: 0,
      stdout: "one\n",
      stderr: "",
      truncated: false,
    });
  });

  it("gives those of the plugin that is named", async () => {
    const { runCommand, at, end } = await ran({ steps: 2 });
    await end();
    expect(await runCommand.readOutput({ ...at, pluginName: "verify" })).toMatchObject({
      name: "verify",
      stdout: "two\n",
      stderr: "careful\n",
    });
  });

  it("has no streams while the invocation is open", async () => {
    const { fake, runCommand, at } = await ran({ steps: 1 });
    await fake.clock.advance("1s");
    expect(await runCommand.readOutput(at)).toEqual({
      name: "aws:runShellScript",
      status: "InProgress",
      statusDetails: "InProgress",
      truncated: false,
    });
  });

  it("says when the output is cut", async () => {
    const { runCommand, at, end } = await ran({ steps: 1, stdout: "x".repeat(30_000) });
    await end();
    expect((await runCommand.readOutput(at)).truncated).toBe(true);
  });

  it.each([undefined, "verfy"])("lists the plugins when there is no %s", async (pluginName) => {
    const { runCommand, at, end } = await ran({ steps: 2 });
    await end();
    const place = pluginName === undefined ? at : { ...at, pluginName };
    const error = await rejectionOf(runCommand.readOutput(place));
    expect(error).toBeInstanceOf(RunCommandError);
    expect(String(error)).toMatch(/on node i-00000001: install, verify\.$/);
  });

  it("says so when no plugin is known yet", async () => {
    const api = scriptedApi({
      getCommandInvocation: () => ({ PluginName: "", Status: "Pending" }),
      listCommandInvocations: () => ({ CommandInvocations: [] }),
    });
    const reading = new RunCommandClient(api).readOutput({ commandId: COMMAND_ID, instanceId });
    expect(String(await rejectionOf(reading))).toMatch(/ on node i-00000001: none is known yet\.$/);
  });

  it("keeps the service's own error as the cause", async () => {
    const { runCommand, at } = await ran({ steps: 1 });
    const error = await rejectionOf(runCommand.readOutput({ ...at, pluginName: "verfy" }));
    expect(error).toMatchObject({ cause: { name: "InvalidPluginName" } });
  });

  it("lets what the service throws through", async () => {
    const { runCommand, at } = await ran({ steps: 1 });
    const elsewhere = runCommand.readOutput({ ...at, instanceId: "i-00000009" });
    expect(await rejectionOf(elsewhere)).toBeInstanceOf(InvocationDoesNotExist);
  });
});
