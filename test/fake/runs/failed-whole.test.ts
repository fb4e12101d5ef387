import { CommandFailedError, orThrow, RunCommandClient } from "ssm-run-command";
import { assertSucceeded, FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../../support/rejection.ts";
import { content, scriptStep } from "../documents/a-document.ts";
import { ended, sendDocument } from "./sent-document.ts";

const script = (line: string) =>
  content({ mainSteps: [scriptStep({ inputs: { runCommand: [line] } })] });

/** A document with a parameter that has a pattern, which what its default refers to does not fit. */
const MISFIT = content({
  parameters: { name: { type: "String", default: "{{ ssm:name }}", allowedPattern: "^[a-z]+$" } },
});
const sending = { documents: { Misfit: MISFIT }, stored: { name: "Web" } };
const TRACE =
  "all errors during param validation errors: error thrown in 'AllowedRegexParamValidator' while validating parameter /name/: parameter value /Web/ does not match the allowed pattern /^[a-z]+$/";

// [agent-cases]
describe("a document that the agent fails as a whole", () => {
  it("has no plugins, and says why in TraceOutput", async () => {
    const invocation = await ended(await sendDocument(sending));
    expect(invocation).toMatchObject({
      ...{ Status: "Failed", StatusDetails: "Failed", CommandPlugins: [], TraceOutput: TRACE },
    });
  });

  it("never asks the behavior", async () => {
    const behavior = () => {
      throw new Error("It was asked.");
    };
    const sent = await sendDocument({ ...sending, node: { behavior } });
    expect((await ended(sent)).StatusDetails).toBe("Failed");
  });

  it("counts as one error of its command", async () => {
    const sent = await sendDocument(sending);
    await ended(sent);
    const { Commands } = await sent.fake.listCommands({ CommandId: sent.commandId });
    expect(Commands).toMatchObject([{ StatusDetails: "Failed", ErrorCount: 1, CompletedCount: 1 }]);
  });

  it("is told by the timeline, without the value", async () => {
    const sent = await sendDocument(sending);
    await ended(sent);
    const timeline = sent.fake.timeline();
    expect(timeline).toContain("document failed as a whole");
    expect(timeline).not.toContain("/Web/");
  });

  it("is told by the assertion that nothing failed", async () => {
    const sent = await sendDocument(sending);
    await ended(sent);
    expect(() => assertSucceeded(sent.fake)).toThrow("document failed as a whole");
  });

  it("is an outcome without plugins, whose error says why", async () => {
    const { fake, instanceId } = await sendDocument(sending);
    const client = new RunCommandClient(fake);
    const sent = await client.send({ DocumentName: "Misfit", InstanceIds: [instanceId] });
    const outcome = await sent.waitForTerminal();
    expect(outcome.invocations).toMatchObject([{ kind: "failed", exitCode: 1, plugins: [] }]);
    const error = await rejectionOf((async () => orThrow(outcome))());
    expect(error).toBeInstanceOf(CommandFailedError);
    expect(String(error)).toContain(
      `1 of 1 nodes did not succeed.\n  failed on ${instanceId}:\n    ${TRACE}`,
    );
  });
});

// [agent-parameter-store]
describe("a reference to Parameter Store fails the whole document", () => {
  it("when it is to a SecureString", async () => {
    const fake = new FakeSsm({ latency: "instant", nodes: [{}] });
    fake.parameters.set("/app/password", "secret", { secure: true });
    await fake.documents.add("Deploy", script("login {{ ssm:/app/password:1 }}"));
    const InstanceIds = fake.nodes.list().map(({ instanceId }) => instanceId);
    await fake.sendCommand({ DocumentName: "Deploy", InstanceIds });
    const { CommandInvocations } = await fake.listCommandInvocations({ Details: true });
    expect(CommandInvocations).toMatchObject([
      {
        CommandPlugins: [],
        TraceOutput: "Parameters [/app/password] of type SecureString are not supported",
      },
    ]);
  });

  it("when it is to a StringList within a text", async () => {
    const sent = await sendDocument({
      documents: { Deploy: script("deploy to {{ ssm:hosts }}") },
      stored: { hosts: ["a", "b"] },
    });
    expect((await ended(sent)).TraceOutput).toBe(
      "Parameter hosts of type StringList cannot be used as a String",
    );
  });
});
