import { createHash } from "node:crypto";
import { InvalidDocument, InvalidDocumentVersion } from "@aws-sdk/client-ssm";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { parseDocument } from "../../../../src/fake/documents/parse-document.ts";
import { rejectionOf } from "../../../support/rejection.ts";
import { content } from "../../documents/a-document.ts";
import { createApp, describeOnWires, stepNamed } from "./describe-on-wires.ts";

const YAML = `# Deploys.
schemaVersion: '2.2'
description: Deploys the app.
parameters:
  target: { type: String, description: Where to., default: web }
  hosts: { type: StringList, default: [a, b] }
  count: { type: Integer }
mainSteps:
  - { name: v1, action: aws:runShellScript }
`;

describeOnWires("DescribeDocument", (open) => {
  it("tells what a document says of itself", async () => {
    const { fake, ssm } = open();
    await fake.documents.add("App", YAML);
    const { Document } = await ssm.describeDocument({ Name: "App" });
    expect(Document).toEqual({
      Name: "App",
      Owner: "123456789012",
      CreatedDate: new Date(fake.clock.now()),
      PlatformTypes: ["Linux", "MacOS"],
      DocumentVersion: "1",
      DocumentType: "Command",
      SchemaVersion: "2.2",
      DocumentFormat: "YAML",
      Tags: [],
      Hash: createHash("sha256").update(YAML).digest("hex"),
      HashType: "Sha256",
      Status: "Active",
      Description: "Deploys the app.",
      Parameters: [
        { Name: "target", Type: "String", Description: "Where to.", DefaultValue: "web" },
        { Name: "hosts", Type: "StringList", DefaultValue: '["a","b"]' },
        { Name: "count", Type: "Integer" },
      ],
      LatestVersion: "1",
      DefaultVersion: "1",
      Category: [],
      CategoryEnum: [],
    });
  });

  it("describes a document of AWS with the hash that is known", async () => {
    const { ssm } = open();
    const { Document } = await ssm.describeDocument({ Name: "AWS-RunShellScript" });
    expect(Document).toMatchObject({
      Name: "AWS-RunShellScript",
      Owner: "Amazon",
      SchemaVersion: "1.2",
      Hash: "99749de5e62f71e5ebe9a55c2321e2c394796afe7208cff048696541e6f6771e",
      HashType: "Sha256",
    });
  });

  it("shows no hash of a document of AWS where none is known", async () => {
    const { ssm } = open();
    const { Document } = await ssm.describeDocument({ Name: "AWS-UpdateSSMAgent" });
    expect([Document?.Hash, Document?.HashType]).toEqual([undefined, undefined]);
  });

  it("knows a shared document by its ARN, and its owner", async () => {
    const { fake, ssm } = open();
    const Name = "arn:aws:ssm:us-east-1:999988887777:document/App";
    await fake.documents.add(Name, content());
    const { Document } = await ssm.describeDocument({ Name });
    expect(Document).toMatchObject({ Name, Owner: "999988887777" });
  });

  it("tells when each version was made", async () => {
    const wired = open();
    const { fake, ssm } = wired;
    await createApp(wired);
    const made = fake.clock.now();
    await fake.clock.advance("1h");
    await ssm.updateDocument({ Name: "App", Content: stepNamed("v2"), DocumentVersion: "$LATEST" });
    const created = async (DocumentVersion: string) =>
      (
        await ssm.describeDocument({ Name: "App", DocumentVersion })
      ).Document?.CreatedDate?.getTime();
    expect([await created("1"), await created("2")]).toEqual([made, made + 3_600_000]);
  });
});

describeOnWires("GetDocument", (open) => {
  it("gives the text of its author in the format of its author", async () => {
    const { fake, ssm } = open();
    await fake.documents.add("App", YAML);
    const { Content } = await ssm.getDocument({ Name: "App", DocumentFormat: "YAML" });
    expect(Content).toBe(YAML);
  });

  it("gives JSON when no format is asked for", async () => {
    const { fake, ssm } = open();
    await fake.documents.add("App", YAML);
    const { Content, DocumentFormat } = await ssm.getDocument({ Name: "App" });
    expect([DocumentFormat, JSON.parse(Content!)]).toEqual(["JSON", parse(YAML)]);
  });

  it("gives YAML of what was written in JSON", async () => {
    const { fake, ssm } = open();
    const written = content({ description: 'Says: "yes", \u00e9\n' });
    await fake.documents.add("App", written);
    const { Content, DocumentFormat } = await ssm.getDocument({
      Name: "App",
      DocumentFormat: "YAML",
    });
    expect([DocumentFormat, parse(Content!)]).toEqual(["YAML", written]);
  });

  it("gives content for a document of AWS that runs as that document does", async () => {
    const { ssm } = open();
    const { Content } = await ssm.getDocument({ Name: "AWS-RunPatchBaseline" });
    const parsed = parseDocument(JSON.parse(Content!));
    expect(parsed).toMatchObject({
      ok: true,
      document: {
        steps: [{ name: "PatchWindows" }, { name: "PatchLinux" }, { name: "PatchMacOS" }],
      },
    });
  });

  it.each([
    [{}, "v1"],
    [{ DocumentVersion: "$DEFAULT" }, "v1"],
    [{ DocumentVersion: "$LATEST" }, "v3"],
    [{ DocumentVersion: "2" }, "v2"],
    [{ VersionName: "three" }, "v3"],
    [{ VersionName: "three", DocumentVersion: "3" }, "v3"],
  ])("gives the version that %j means", async (which, step) => {
    const wired = open();
    await createApp(wired, { versions: 2 });
    await wired.ssm.updateDocument({
      Name: "App",
      Content: stepNamed("v3"),
      DocumentVersion: "$LATEST",
      VersionName: "three",
    });
    const { Content } = await wired.ssm.getDocument({ Name: "App", ...which });
    expect(JSON.parse(Content!).mainSteps[0].name).toBe(step);
  });

  it.each([
    [{ Name: "Other" }, InvalidDocument, "Document with name Other does not exist."],
    [
      { Name: "Other", DocumentVersion: "2" },
      InvalidDocument,
      "Document with name Other does not exist.",
    ],
    [
      { DocumentVersion: "2" },
      InvalidDocumentVersion,
      "Document version: 2 is invalid, latest version is 1",
    ],
    [
      { VersionName: "two" },
      InvalidDocumentVersion,
      "Document with name App with version two does not exist.",
    ],
    [
      { VersionName: "two", DocumentVersion: "1" },
      InvalidDocumentVersion,
      "Document with name App with version two does not exist.",
    ],
  ])("refuses %j", async (members, errorClass, message) => {
    const wired = open();
    await createApp(wired);
    const error = await rejectionOf(wired.ssm.getDocument({ Name: "App", ...members }));
    expect(error).toBeInstanceOf(errorClass);
    expect(error).toHaveProperty("message", message);
  });

  it("refuses a format that a Command document cannot have", async () => {
    const { ssm } = open();
    const request = { Name: "AWS-RunShellScript", DocumentFormat: "TEXT" } as const;
    expect(await rejectionOf(ssm.getDocument(request))).toMatchObject({
      name: "ValidationException",
      message: "Invalid document format TEXT",
    });
  });
});
