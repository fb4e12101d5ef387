import { InvalidDocument } from "@aws-sdk/client-ssm";
import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../../support/rejection.ts";
import { content } from "../documents/a-document.ts";

/** Sends a document to one node, with nothing late. */
async function send(name: string, fake = new FakeSsm({ latency: "instant" })) {
  const { instanceId } = fake.nodes.add();
  const { Command } = await fake.sendCommand({ DocumentName: name, InstanceIds: [instanceId] });
  return { fake, at: { CommandId: Command!.CommandId!, InstanceId: instanceId } };
}

describe("a document of AWS that the fake does not have", () => {
  const ADVICE =
    'FakeSsm has no document AWS-ApplyAnsiblePlaybooks of AWS. Add its content, as GetDocument of AWS returns it: await fake.documents.add("AWS-ApplyAnsiblePlaybooks", content).';

  it("is InvalidDocument, whose cause says how to add it", async () => {
    const error = await rejectionOf(send("AWS-ApplyAnsiblePlaybooks"));
    expect(error).toBeInstanceOf(InvalidDocument);
    expect((error as InvalidDocument).cause).toMatchObject({ message: ADVICE });
  });

  it("is the same by its ARN", async () => {
    const arn = "arn:aws:ssm:us-east-1::document/AWS-ApplyAnsiblePlaybooks";
    const error = await rejectionOf(send(arn));
    expect((error as InvalidDocument).cause).toMatchObject({ message: ADVICE });
  });

  it.each([
    ["AWS-RunShelScript", "AWS-RunShellScript"],
    ["aws-runshellscript", "AWS-RunShellScript"],
  ])("names the nearest that it has: %s", async (written, nearest) => {
    const error = await rejectionOf(send(written));
    expect((error as InvalidDocument).cause).toMatchObject({
      message: `FakeSsm has no document ${written}. The nearest is ${nearest}.`,
    });
  });

  it("is none that has another region's ARN, and the cause says so", async () => {
    const error = await rejectionOf(send("arn:aws:ssm:eu-west-1::document/AWS-RunShellScript"));
    expect((error as InvalidDocument).cause).toMatchObject({
      message:
        "FakeSsm knows AWS-RunShellScript by its name and by its ARN in the region of the fake.",
    });
  });

  it("has the advice in the journal, too", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    await send("AWS-ApplyAnsiblePlaybooks", fake).catch(() => {});
    expect(fake.journal.entries().at(-1)).toMatchObject({ name: "InvalidDocument", why: ADVICE });
  });

  it("can be sent once it was added", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    await fake.documents.add("AWS-ApplyAnsiblePlaybooks", content());
    await expect(send("AWS-ApplyAnsiblePlaybooks", fake)).resolves.toBeDefined();
  });

  it("says what to do about a document of one's own", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    const error = await rejectionOf(send("Deploy", fake));
    const why =
      'FakeSsm has no document Deploy. Add it, or create it: await fake.documents.add("Deploy", content).';
    expect((error as InvalidDocument).cause).toMatchObject({ message: why });
    expect(fake.journal.entries().at(-1)).toMatchObject({ why });
  });
});

// Several plugins, so no one stands for the invocation [api-get-command-invocation].
describe("GetCommandInvocation of AWS-UpdateSSMAgent", () => {
  it("is a summary without PluginName", async () => {
    const { fake, at } = await send("AWS-UpdateSSMAgent");
    const { PluginName, ResponseCode, Status } = await fake.getCommandInvocation(at);
    expect([PluginName, ResponseCode, Status]).toEqual(["", 0, "Success"]);
  });

  it("is one plugin by its name", async () => {
    const { fake, at } = await send("AWS-UpdateSSMAgent");
    const shown = await fake.getCommandInvocation({ ...at, PluginName: "awsupdateSsmAgent" });
    expect([shown.PluginName, shown.ResponseCode]).toEqual(["awsupdateSsmAgent", 0]);
  });
});
