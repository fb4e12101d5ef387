import { CreateDocumentCommand, SSM } from "@aws-sdk/client-ssm";
import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it, vi } from "vitest";
import { callRaw } from "../support/wire-call.ts";
import { content } from "./documents/a-document.ts";

const CREATE = {
  Name: "App",
  Content: JSON.stringify(content()),
  DocumentType: "Command",
} as const;
const YAML = "schemaVersion: '2.2'\nmainSteps:\n  - { name: v1, action: aws:runShellScript }\n";

const aClient = (fake = new FakeSsm({ latency: "instant" })) => ({
  fake,
  ssm: new SSM(fake.clientConfig()),
});

describe("an operation on documents", () => {
  it("stands in the journal, refused or not", async () => {
    const { fake, ssm } = aClient();
    await ssm.createDocument(CREATE);
    await ssm.createDocument(CREATE).catch(() => {});
    expect(fake.journal.entries()).toMatchObject([
      { type: "call", operation: "CreateDocument", input: CREATE },
      { type: "refusal", operation: "CreateDocument", name: "DocumentAlreadyExists" },
    ]);
  });

  it("is struck by faults, which the SDK retries", async () => {
    const { fake, ssm } = aClient();
    fake.faults.throttle("CreateDocument", { times: 2 });
    const { $metadata } = await ssm.createDocument(CREATE);
    expect([$metadata.attempts, fake.faults.unused()]).toEqual([3, []]);
  });

  it("can be answered by a handler", async () => {
    const { fake, ssm } = aClient();
    fake.on("ListDocuments", () => ({ answer: { DocumentIdentifiers: [] } }));
    expect((await ssm.listDocuments({})).DocumentIdentifiers).toEqual([]);
  });

  it("answers the bytes that AWS's format asks for", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    await fake.documents.add("App", content());
    const { text } = await callRaw(
      fake,
      "ListDocuments",
      '{"Filters":[{"Key":"Owner","Values":["Self"]}]}',
    );
    const [shown] = JSON.parse(text).DocumentIdentifiers;
    expect(shown.CreatedDate).toBe(fake.clock.now() / 1_000);
  });

  it.each(["DeleteDocument", "AddTagsToResource"])(
    "without output answers {}: %s",
    async (name) => {
      const fake = new FakeSsm({ latency: "instant" });
      await fake.documents.add("App", content());
      const body = { Name: "App", ResourceType: "Document", ResourceId: "App", Tags: [] };
      expect(await callRaw(fake, name, JSON.stringify(body))).toEqual({
        statusCode: 200,
        text: "{}",
      });
    },
  );

  it("is forgotten by a reset", async () => {
    const { fake, ssm } = aClient();
    await ssm.createDocument(CREATE);
    await fake.reset();
    const { DocumentDescription } = await ssm.createDocument(CREATE);
    expect(DocumentDescription?.DocumentVersion).toBe("1");
  });

  it("takes no virtual time, though somebody sleeps and its content takes real time to read", async () => {
    const { fake, ssm } = aClient();
    const before = fake.clock.now();
    const slept = fake.clock.sleep("1h");
    const Content = YAML;
    const creating = ssm.send(
      new CreateDocumentCommand({ ...CREATE, Content, DocumentFormat: "YAML" }),
    );
    const { DocumentDescription } = await creating;
    await slept;
    expect(DocumentDescription?.CreatedDate?.getTime()).toBe(before);
  });

  it("writes nothing to the console, whatever the content", async () => {
    const warn = vi.spyOn(console, "warn");
    const { ssm } = aClient();
    const Content = `%YAML 9.9\n---\na: !odd x\n`;
    await ssm.createDocument({ ...CREATE, Content, DocumentFormat: "YAML" }).catch(() => {});
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });
});
