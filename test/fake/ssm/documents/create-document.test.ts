import * as ssmModule from "@aws-sdk/client-ssm";
import { expect, it } from "vitest";
import { rejectionOf } from "../../../support/rejection.ts";
import { content, scriptStep } from "../../documents/a-document.ts";
import { createApp, describeOnWires, stepNamed, stepsOf } from "./describe-on-wires.ts";

const APP = { Name: "App", DocumentType: "Command" } as const;
const YAML = "schemaVersion: '2.2'\nmainSteps:\n  - { name: v1, action: aws:runShellScript }\n";
const sized = (bytes: number) => {
  const frame = JSON.stringify(content({ description: "" })).length;
  return JSON.stringify(content({ description: "x".repeat(bytes - frame) }));
};

describeOnWires("CreateDocument", (open) => {
  it("makes version 1, which is the default one, and says Creating", async () => {
    const { fake, ssm } = open();
    const { DocumentDescription } = await ssm.createDocument({
      ...APP,
      Content: stepNamed("v1"),
      VersionName: "one",
      DisplayName: "The app",
      TargetType: "/AWS::EC2::Instance",
      Tags: [{ Key: "Team", Value: "a" }],
    });
    expect(DocumentDescription).toMatchObject({
      Name: "App",
      Status: "Creating",
      Owner: "123456789012",
      CreatedDate: new Date(fake.clock.now()),
      DocumentVersion: "1",
      DefaultVersion: "1",
      LatestVersion: "1",
      VersionName: "one",
      DisplayName: "The app",
      TargetType: "/AWS::EC2::Instance",
      DocumentType: "Command",
      DocumentFormat: "JSON",
      SchemaVersion: "2.2",
      PlatformTypes: ["Linux", "MacOS"],
      Tags: [{ Key: "Team", Value: "a" }],
    });
  });

  it("makes a document that SendCommand takes", async () => {
    const wired = open();
    await createApp(wired);
    expect(await stepsOf(wired)).toEqual(["v1"]);
  });

  it("takes YAML when the request says so", async () => {
    const wired = open();
    await wired.ssm.createDocument({ ...APP, Content: YAML, DocumentFormat: "YAML" });
    expect(await stepsOf(wired)).toEqual(["v1"]);
  });

  it("takes a document of schema 1.2 without a type", async () => {
    const { ssm } = open();
    const runtimeConfig = { "aws:runShellScript": { properties: [{ runCommand: ["true"] }] } };
    const Content = JSON.stringify({ schemaVersion: "1.2", runtimeConfig });
    const { DocumentDescription } = await ssm.createDocument({ Name: "Old", Content });
    expect(DocumentDescription).toMatchObject({ SchemaVersion: "1.2", DocumentType: "Command" });
  });

  it("takes a document of 64 KB", async () => {
    const { ssm } = open();
    const answer = await ssm.createDocument({ ...APP, Content: sized(64 * 1024) });
    expect(answer.DocumentDescription?.DocumentVersion).toBe("1");
  });

  it.each([
    [
      "a name that is taken",
      { Name: "Taken" },
      "DocumentAlreadyExists",
      "Document with same name Taken already exists",
    ],
    [
      "a name of AWS's",
      { Name: "AWS-Mine" },
      "ValidationException",
      "Invalid document name AWS-Mine",
    ],
    [
      "YAML that is not called so",
      { Content: "schemaVersion: x" },
      "InvalidDocumentContent",
      "JSON not well-formed. at Line: 1, Column: 1",
    ],
    [
      "broken JSON",
      { Content: '{\n  "a": 1,\n}' },
      "InvalidDocumentContent",
      "JSON not well-formed. at Line: 3, Column: 1",
    ],
    [
      "broken YAML",
      { Content: "a: [\n", DocumentFormat: "YAML" },
      "InvalidDocumentContent",
      /^YAML not well-formed\. at Line: \d+, Column: \d+$/,
    ],
    ["text", { DocumentFormat: "TEXT" }, "ValidationException", "Invalid document format TEXT"],
    [
      "no type with schema 2.2",
      { DocumentType: undefined },
      "InvalidDocumentSchemaVersion",
      "Document type is required for schema version 2.2",
    ],
    [
      "a schema of another type",
      { Content: '{"schemaVersion":"0.3"}' },
      "InvalidDocumentSchemaVersion",
      "0.3 is not a valid schema version for Command document type",
    ],
    [
      "a schema that does not exist",
      { Content: '{"schemaVersion":"3.0"}' },
      "InvalidDocumentContent",
      "Document schema version is invalid. Value: 3.0",
    ],
    [
      "a plugin that does not exist",
      {
        Content: JSON.stringify(
          content({ mainSteps: [scriptStep({ action: "aws:createImage" })] }),
        ),
      },
      "InvalidDocumentContent",
      "Unknown plugin name: aws:createImage",
    ],
    [
      "more than 64 KB",
      { Content: sized(64 * 1024 + 1) },
      "MaxDocumentSizeExceeded",
      "The size of the document exceeds the 64KB limit.",
    ],
    [
      "a type that the fake does not keep",
      { DocumentType: "Automation" },
      "ValidationException",
      /keeps documents of the type Command only/,
    ],
    [
      "51 tags",
      { Tags: Array.from({ length: 51 }, (_, n) => ({ Key: `k${n}`, Value: "" })) },
      "TooManyTagsError",
      "UnknownError",
    ],
  ] as const)("refuses %s", async (_, members, name, message) => {
    const { fake, ssm } = open();
    await fake.documents.add("Taken", content());
    const request = { ...APP, Content: stepNamed("v1"), ...members };
    const error = await rejectionOf(ssm.createDocument(request as ssmModule.CreateDocumentRequest)); // one has no type
    expect(error).toMatchObject({
      name,
      message: typeof message === "string" ? message : expect.stringMatching(message),
    });
  });

  it("leaves no document when it is refused", async () => {
    const { ssm } = open();
    await rejectionOf(ssm.createDocument({ ...APP, Content: "{" }));
    expect(await rejectionOf(ssm.describeDocument({ Name: "App" }))).toMatchObject({
      name: "InvalidDocument",
    });
  });

  it("makes one document of two requests at once", async () => {
    const { ssm } = open();
    const request = { ...APP, Content: stepNamed("v1") };
    const results = await Promise.allSettled([
      ssm.createDocument(request),
      ssm.createDocument(request),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  it("stops at 500 documents of the account", async () => {
    const { fake, ssm } = open();
    for (let made = 0; made < 500; made++) await fake.documents.add(`Doc-${made}`, content());
    const error = await rejectionOf(ssm.createDocument({ ...APP, Content: stepNamed("v1") }));
    expect(error).toBeInstanceOf(ssmModule.DocumentLimitExceeded);
  });
});
