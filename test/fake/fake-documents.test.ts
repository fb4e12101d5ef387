import {
  InvalidDocument,
  InvalidDocumentContent,
  InvalidDocumentVersion,
  MaxDocumentSizeExceeded,
} from "@aws-sdk/client-ssm";
import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../support/rejection.ts";
import { content, scriptStep } from "./documents/a-document.ts";

const named = (name: string) => content({ mainSteps: [scriptStep({ name })] });

/** Sends the document to the only node, and returns the plugins that it reports. */
async function pluginsOf(fake: FakeSsm, request: { name?: string; version?: string } = {}) {
  const { name = "App", version } = request;
  await fake.sendCommand({
    DocumentName: name,
    InstanceIds: fake.nodes.list().map(({ instanceId }) => instanceId),
    ...(version === undefined ? {} : { DocumentVersion: version }),
  });
  const { CommandInvocations } = await fake.listCommandInvocations({ Details: true });
  return CommandInvocations![0]!.CommandPlugins!.map(({ Name }) => Name);
}

/** A fake with one node, and the document `App` in these versions. */
async function aFake(...versions: readonly string[]) {
  const fake = new FakeSsm({ latency: "instant", nodes: [{}] });
  for (const version of versions) await fake.documents.add("App", named(version));
  return fake;
}

describe("a document that was added", () => {
  it("can be sent", async () => {
    expect(await pluginsOf(await aFake("deploy"))).toEqual(["deploy"]);
  });

  it("has the version number that adding it returned", async () => {
    const fake = await aFake("one");
    expect(await fake.documents.add("App", named("two"))).toBe(2);
  });

  it("is echoed by the name and version that the request used", async () => {
    const fake = await aFake("one");
    await pluginsOf(fake, { version: "$LATEST" });
    const { Commands } = await fake.listCommands({});
    expect(Commands).toMatchObject([{ DocumentName: "App", DocumentVersion: "$LATEST" }]);
  });

  it("can be sent by its ARN, which is echoed", async () => {
    const arn = "arn:aws:ssm:us-east-1:123456789012:document/App";
    const fake = await aFake("one");
    const plugins = await pluginsOf(fake, { name: arn });
    const { Commands } = await fake.listCommands({});
    expect([plugins, Commands![0]!.DocumentName]).toEqual([["one"], arn]);
  });

  it("is not what another account's ARN of that name means", async () => {
    const name = "arn:aws:ssm:us-east-1:999988887777:document/App";
    const refused = await rejectionOf(pluginsOf(await aFake("one"), { name }));
    expect(refused).toBeInstanceOf(InvalidDocument);
  });

  it("leaves commands alone that were sent with another version", async () => {
    const fake = await aFake("one");
    const node = fake.nodes.list()[0]!;
    node.behavior = { type: "exits", after: "10s" };
    const { Command } = await fake.sendCommand({
      DocumentName: "App",
      InstanceIds: [node.instanceId],
    });
    await fake.documents.add("App", named("two"));
    fake.documents.setDefaultVersion("App", 2);
    await fake.clock.advance("10s");
    const at = { CommandId: Command!.CommandId!, InstanceId: node.instanceId };
    expect((await fake.getCommandInvocation(at)).PluginName).toBe("one");
  });

  it("is gone after a reset", async () => {
    const fake = await aFake("one");
    await fake.reset();
    expect(await rejectionOf(pluginsOf(fake))).toBeInstanceOf(InvalidDocument);
  });

  it("is there for one fake only", async () => {
    await aFake("one");
    expect(await rejectionOf(pluginsOf(await aFake()))).toBeInstanceOf(InvalidDocument);
  });
});

describe("the default version", () => {
  it("is the first until another is chosen", async () => {
    expect(await pluginsOf(await aFake("one", "two"))).toEqual(["one"]);
  });

  it("is the one that was chosen", async () => {
    const fake = await aFake("one", "two");
    fake.documents.setDefaultVersion("App", 2);
    expect(await pluginsOf(fake)).toEqual(["two"]);
  });

  it("is refused with what to do when the version does not exist", async () => {
    const fake = await aFake("one");
    expect(() => fake.documents.setDefaultVersion("App", 2)).toThrow(
      new Error(
        'The fake has no version 2 of a document App. Add it first: await fake.documents.add("App", …).',
      ),
    );
  });
});

describe("a refusal", () => {
  it("of broken content is the SDK's own InvalidDocumentContent", async () => {
    const fake = await aFake();
    expect(await rejectionOf(fake.documents.add("App", {}))).toBeInstanceOf(InvalidDocumentContent);
  });

  it("of broken YAML names the line", async () => {
    const fake = await aFake();
    const yaml = "schemaVersion: '2.2'\nmainSteps:\n  - name: a: b\n";
    expect(await rejectionOf(fake.documents.add("App", yaml))).toMatchObject({
      message: expect.stringContaining("at line 3, column 11"),
    });
  });

  it("of broken JSON names the line", async () => {
    const fake = await aFake();
    const json = '{\n  "schemaVersion": "2.2",\n  "mainSteps": [ "a" "b" ]\n}';
    expect(await rejectionOf(fake.documents.add("App", json))).toMatchObject({
      message: expect.stringContaining("at line 3, column"),
    });
  });

  it("of content that is too large is the SDK's own MaxDocumentSizeExceeded", async () => {
    const fake = await aFake();
    const description = "x".repeat(70_000);
    const refused = await rejectionOf(fake.documents.add("App", content({ description })));
    expect(refused).toBeInstanceOf(MaxDocumentSizeExceeded);
  });

  it("of a version that does not exist is InvalidDocumentVersion", async () => {
    const refused = await rejectionOf(pluginsOf(await aFake("one"), { version: "2" }));
    expect(refused).toBeInstanceOf(InvalidDocumentVersion);
  });
});

describe("what adding a document does to time", () => {
  it("lets what is due run first", async () => {
    const fake = await aFake("one");
    await pluginsOf(fake);
    await fake.sendCommand({
      DocumentName: "App",
      InstanceIds: fake.nodes.list().map(({ instanceId }) => instanceId),
    });
    await fake.documents.add("App", named("two"));
    expect(fake.timeline()).toMatch(/InProgress → Success\n.*ended\s+→ Success\n?$/);
  });
});
