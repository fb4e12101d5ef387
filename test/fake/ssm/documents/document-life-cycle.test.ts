import * as ssmModule from "@aws-sdk/client-ssm";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../../../support/rejection.ts";
import { createApp, describeOnWires, stepNamed, stepsOf, type Wired } from "./describe-on-wires.ts";

const APP = { Name: "App", DocumentType: "Command" } as const;
const YAML = "schemaVersion: '2.2'\nmainSteps:\n  - { name: v1, action: aws:runShellScript }\n";
/** Versions of `App`: that of `$DEFAULT` and that of `$LATEST`. */
async function defaultAndLatest({ ssm }: Wired) {
  const { Document } = await ssm.describeDocument({ Name: "App" });
  return [Document?.DefaultVersion, Document?.LatestVersion];
}

describeOnWires("UpdateDocument", (open) => {
  it("adds a version and leaves the default one as it is", async () => {
    const wired = open();
    await createApp(wired, { versions: 3 });
    expect([
      await defaultAndLatest(wired),
      await stepsOf(wired),
      await stepsOf(wired, "$LATEST"),
      await stepsOf(wired, "2"),
    ]).toEqual([["1", "3"], ["v1"], ["v3"], ["v2"]]);
  });

  it("says Updating, and shows the new version", async () => {
    const wired = open();
    await createApp(wired);
    const { DocumentDescription } = await wired.ssm.updateDocument({
      Name: "App",
      Content: YAML,
      DocumentFormat: "YAML",
      DocumentVersion: "1",
    });
    expect(DocumentDescription).toMatchObject({
      Status: "Updating",
      DocumentVersion: "2",
      DefaultVersion: "1",
      LatestVersion: "2",
      DocumentFormat: "YAML",
    });
  });

  it.each([undefined, "$DEFAULT"])("needs a version: %j is none", async (DocumentVersion) => {
    const wired = open();
    await createApp(wired);
    const update = wired.ssm.updateDocument({
      Name: "App",
      Content: stepNamed("v2"),
      DocumentVersion,
    });
    expect(await rejectionOf(update)).toMatchObject({
      name: "InvalidDocumentVersion",
      message: "Document version for UpdateDocument must be number or $LATEST",
    });
  });

  it("keeps the display name unless it gets another", async () => {
    const { ssm } = open();
    await ssm.createDocument({ ...APP, Content: stepNamed("v1"), DisplayName: "The app" });
    const { DocumentDescription } = await ssm.updateDocument({
      Name: "App",
      Content: YAML,
      DocumentFormat: "YAML",
      DocumentVersion: "1",
    });
    expect(DocumentDescription?.DisplayName).toBe("The app");
  });

  it.each([
    [
      "a document that does not exist",
      { Name: "Other" },
      "InvalidDocument",
      "Document with name Other does not exist.",
    ],
    [
      "a document of AWS",
      { Name: "AWS-RunRemoteScript" },
      "InvalidDocument",
      "Document with name AWS-RunRemoteScript does not exist.",
    ],
    [
      "a version that is not the latest",
      { DocumentVersion: "1" },
      "InvalidDocumentVersion",
      "Version provided for document App is not latest. Please provide the latest version to update document App",
    ],
    [
      "the content of the latest version",
      { Content: stepNamed("v2") },
      "DuplicateDocumentContent",
      "Document to be updated with name App has the same metadata and content as document version provided in request",
    ],
    [
      "a version name that is taken",
      { VersionName: "one" },
      "DuplicateDocumentVersionName",
      "Document version name one has already been used for another version of this document",
    ],
    [
      "content of schema 1.2",
      {
        Content: JSON.stringify({
          schemaVersion: "1.2",
          runtimeConfig: { "aws:runShellScript": { properties: {} } },
        }),
      },
      "InvalidDocumentSchemaVersion",
      "Update is not allowed for documentType: Command, schemaVersion: 1.2",
    ],
    ["broken content", { Content: "{" }, "InvalidDocumentContent", /^JSON not well-formed\./],
  ] as const)("refuses %s", async (_, members, name, message) => {
    const { ssm } = open();
    await ssm.createDocument({ ...APP, Content: stepNamed("v1"), VersionName: "one" });
    await ssm.updateDocument({ Name: "App", Content: stepNamed("v2"), DocumentVersion: "$LATEST" });
    const sound = { Name: "App", Content: stepNamed("v3"), DocumentVersion: "$LATEST" };
    expect(await rejectionOf(ssm.updateDocument({ ...sound, ...members }))).toMatchObject({
      name,
      message: typeof message === "string" ? message : expect.stringMatching(message),
    });
  });
});

describeOnWires("UpdateDocumentDefaultVersion", (open) => {
  it("changes what a command without a version runs", async () => {
    const wired = open();
    await createApp(wired, { versions: 2 });
    const { Description } = await wired.ssm.updateDocumentDefaultVersion({
      Name: "App",
      DocumentVersion: "2",
    });
    expect([Description, await stepsOf(wired)]).toMatchObject([
      { Name: "App", DefaultVersion: "2" },
      ["v2"],
    ]);
  });

  it.each([
    ["a version that does not exist", { DocumentVersion: "3" }, "InvalidDocumentVersion"],
    ["a document that does not exist", { Name: "Other" }, "InvalidDocument"],
    ["a document of AWS", { Name: "AWS-RunShellScript" }, "InvalidDocument"],
    ["a word for the version", { DocumentVersion: "$LATEST" }, "ValidationException"],
  ] as const)("refuses %s", async (_, members, name) => {
    const wired = open();
    await createApp(wired, { versions: 2 });
    const request = { Name: "App", DocumentVersion: "1", ...members };
    const error = await rejectionOf(wired.ssm.updateDocumentDefaultVersion(request));
    expect(error).toMatchObject({ name });
  });
});

describeOnWires("DeleteDocument", (open) => {
  it("removes the document with all versions", async () => {
    const wired = open();
    await createApp(wired, { versions: 2 });
    await wired.ssm.deleteDocument({ Name: "App" });
    expect(await rejectionOf(stepsOf(wired))).toBeInstanceOf(ssmModule.InvalidDocument);
  });

  it("lets commands that were sent run on", async () => {
    const wired = open();
    await createApp(wired);
    const { instanceId } = wired.fake.nodes.add({ behavior: { type: "exits", after: "1m" } });
    await wired.ssm.sendCommand({ DocumentName: "App", InstanceIds: [instanceId] });
    await wired.ssm.deleteDocument({ Name: "App" });
    await wired.fake.clock.advance("1m");
    const { Commands } = await wired.ssm.listCommands({});
    expect(Commands?.[0]?.Status).toBe("Success");
  });

  it("removes one version, whose number is not given again", async () => {
    const wired = open();
    await createApp(wired, { versions: 3 });
    await wired.ssm.deleteDocument({ Name: "App", DocumentVersion: "3" });
    await wired.ssm.updateDocument({
      Name: "App",
      Content: stepNamed("new"),
      DocumentVersion: "$LATEST",
    });
    expect([await defaultAndLatest(wired), await stepsOf(wired, "$LATEST")]).toEqual([
      ["1", "4"],
      ["new"],
    ]);
  });

  it("lets no command use a version that was removed", async () => {
    const wired = open();
    await createApp(wired, { versions: 3 });
    await wired.ssm.deleteDocument({ Name: "App", DocumentVersion: "2" });
    expect(await rejectionOf(stepsOf(wired, "2"))).toBeInstanceOf(ssmModule.InvalidDocumentVersion);
  });

  it.each([
    [
      "the default version",
      { DocumentVersion: "1" },
      "InvalidDocumentOperation",
      "Default version of the document can't be deleted.",
    ],
    [
      "$DEFAULT",
      { DocumentVersion: "$DEFAULT" },
      "InvalidDocumentOperation",
      "Default version of the document can't be deleted.",
    ],
    [
      "a version that does not exist",
      { DocumentVersion: "3" },
      "InvalidDocument",
      "Document with name App with version 3 does not exist.",
    ],
    [
      "a version name that does not exist",
      { VersionName: "three" },
      "InvalidDocument",
      "Document with name App with version three does not exist.",
    ],
    [
      "a document that does not exist",
      { Name: "Other" },
      "InvalidDocument",
      "Document Other does not exist in your account",
    ],
    [
      "a document of AWS",
      { Name: "AWS-RunShellScript" },
      "InvalidDocument",
      "Document AWS-RunShellScript does not exist in your account",
    ],
  ] as const)("refuses %s", async (_, members, name, message) => {
    const wired = open();
    await createApp(wired, { versions: 2 });
    const request = { Name: "App", ...members };
    expect(await rejectionOf(wired.ssm.deleteDocument(request))).toMatchObject({ name, message });
  });
});

describe("documents of the object API and of the wire", () => {
  it("are the same", async () => {
    const { FakeSsm } = await import("ssm-run-command/fake");
    const fake = new FakeSsm({ latency: "instant", nodes: [{}] });
    const ssm = new ssmModule.SSM(fake.clientConfig());
    await createApp({ fake, ssm });
    expect(await fake.documents.add("App", stepNamed("v2"))).toBe(2);
    fake.documents.setDefaultVersion("App", 2);
    expect(await defaultAndLatest({ fake, ssm })).toEqual(["2", "2"]);
  });
});
