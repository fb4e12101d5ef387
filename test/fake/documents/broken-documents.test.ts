import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { refusalOf } from "../../support/rejection.ts";
import { content } from "./a-document.ts";
import { BROKEN_DOCUMENTS, BROKEN_PARAMETERS, PARTICULAR } from "./broken-documents.ts";

/** A fake with the document, in one version. */
async function aFake() {
  const fake = new FakeSsm({ latency: "instant", nodes: [{}] });
  await fake.documents.add("App", PARTICULAR);
  return fake;
}

/** The answer to a send of the newest version, whatever came before. */
async function nextSend(fake: FakeSsm, parameters: Record<string, string[]> = { name: ["web"] }) {
  const InstanceIds = fake.nodes.list().map(({ instanceId }) => instanceId);
  const { Command } = await fake.sendCommand({
    DocumentName: "App",
    DocumentVersion: "$LATEST",
    InstanceIds,
    Parameters: parameters,
  });
  return Command;
}

describe("content that is broken", () => {
  it.each(BROKEN_DOCUMENTS)("is refused: $fact", async ({ name = "App", content, refusal }) => {
    const fake = await aFake();
    expect(await refusalOf(fake.documents.add(name, content))).toEqual(refusal);
  });

  it.each(BROKEN_DOCUMENTS)("leaves no trace: $fact", async ({ name = "App", content }) => {
    const fake = await aFake();
    await refusalOf(fake.documents.add(name, content));
    expect(await nextSend(fake)).toEqual(await nextSend(await aFake()));
  });

  it.each(BROKEN_DOCUMENTS)("takes no version's number: $fact", async (broken) => {
    const fake = await aFake();
    await refusalOf(fake.documents.add(broken.name ?? "App", broken.content));
    expect(await fake.documents.add("App", content())).toBe(2);
  });
});

describe("parameters that are broken", () => {
  it.each(BROKEN_PARAMETERS)("are refused: $fact", async ({ parameters, refusal }) => {
    expect(await refusalOf(nextSend(await aFake(), parameters))).toEqual(refusal);
  });

  it.each(BROKEN_PARAMETERS)("leave no trace: $fact", async ({ parameters }) => {
    const fake = await aFake();
    await refusalOf(nextSend(fake, parameters));
    const { Commands } = await fake.listCommands({});
    expect([Commands, await nextSend(fake)]).toEqual([[], await nextSend(await aFake())]);
  });
});

describe("the tables above", () => {
  it("name every fact once", () => {
    const facts = [...BROKEN_DOCUMENTS, ...BROKEN_PARAMETERS].map(({ fact }) => fact);
    expect(new Set(facts).size).toBe(facts.length);
  });

  it("hold at least thirty documents", () => {
    expect(BROKEN_DOCUMENTS.length).toBeGreaterThanOrEqual(30);
  });
});
