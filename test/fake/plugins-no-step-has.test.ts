import { SSM } from "@aws-sdk/client-ssm";
import { RunCommandClient, runShellScript } from "ssm-run-command";
import {
  assertReached,
  assertSent,
  assertSucceeded,
  byDocument,
  byPlugin,
  FakeSsm,
  fails,
  inOrder,
  succeeds,
  when,
} from "ssm-run-command/fake";
import { serveFakeSsm } from "ssm-run-command/fake/node";
import { beforeEach, describe, expect, it, vi } from "vitest";

const NODE = "i-0123456789abcdef0";
const DOCUMENT = {
  schemaVersion: "2.2",
  mainSteps: ["install", "verify"].map((name) => ({
    action: "aws:runShellScript",
    name,
    inputs: { runCommand: ["true"] },
  })),
};
/** Runs the other one. */
const RELEASE = {
  schemaVersion: "2.2",
  mainSteps: [
    {
      action: "aws:runDocument",
      name: "deploy",
      inputs: { documentType: "SSMDocument", documentPath: "Deploy-App" },
    },
  ],
};
const SENTENCE =
  'byPlugin() of i-0123456789abcdef0 has a behavior for the plugin "instal", and no step of Deploy-App has that name. Did you mean "install"? Its plugins are "install", "verify"; for several documents use byDocument().';

let warn = vi.spyOn(console, "warn");
beforeEach(() => {
  warn = vi.spyOn(console, "warn").mockImplementation(() => {});
});

async function sentTo(behavior: Parameters<typeof byPlugin>[1], DocumentName = "Deploy-App") {
  const fake = new FakeSsm({ nodes: [{ instanceId: NODE, ...(behavior && { behavior }) }] });
  await fake.documents.add("Deploy-App", DOCUMENT);
  await fake.sendCommand({ DocumentName, InstanceIds: [NODE], ...parametersOf(DocumentName) });
  await fake.clock.advance("1m");
  return fake;
}

const parametersOf = (name: string) =>
  name === "Deploy-App" ? {} : { Parameters: { commands: ["true"] } };

describe("a plugin of byPlugin that no step of the sent document has", () => {
  it("is told on the console once, and thrown by the next call", async () => {
    const fake = await sentTo(byPlugin({ instal: fails() }));
    await expect(fake.listCommands({})).rejects.toThrow(new TypeError(SENTENCE));
    await fake.listCommands({});
    await fake.sendCommand({ DocumentName: "Deploy-App", InstanceIds: [NODE] });
    await fake.clock.advance("1m");
    await fake.listCommands({});
    expect(warn.mock.calls).toEqual([[SENTENCE]]);
  });

  it.each([
    ["assertSent", (fake: FakeSsm) => assertSent(fake)],
    ["assertReached", (fake: FakeSsm) => assertReached(fake, "Success")],
    ["assertSucceeded", (fake: FakeSsm) => assertSucceeded(fake)],
  ])("is thrown by the next assertion, after which no call throws it: %s", async (_, assert) => {
    const fake = await sentTo(byPlugin({ instal: fails() }));
    expect(() => assert(fake)).toThrow(new TypeError(SENTENCE));
    await fake.listCommands({});
    assert(fake);
  });

  it("is thrown by an assertion again when the code under test has swallowed it", async () => {
    const fake = await sentTo(byPlugin({ instal: fails() }));
    await fake.listCommands({}).catch(() => {});
    expect(() => assertSent(fake)).toThrow(new TypeError(SENTENCE));
    assertSent(fake);
  });

  it("ends a wait, and comes through the real client", async () => {
    const node = { instanceId: NODE, behavior: byPlugin({ "aws:runShellscript": fails() }) };
    const fake = new FakeSsm({ nodes: [node] });
    const runCommand = new RunCommandClient(fake.client());
    const sent = await runCommand.send({ ...runShellScript("true"), InstanceIds: [NODE] });
    await expect(sent.waitForTerminal()).rejects.toThrow(
      'no step of AWS-RunShellScript has that name. Did you mean "aws:runShellScript"?',
    );
  });

  it.each([
    ["in a byDocument", byDocument({ "Deploy-App": byPlugin({ instal: fails() }) })],
    ["otherwise of a byDocument", byDocument({}, byPlugin({ instal: fails() }))],
    ["in a when that picks it", when(() => true, byPlugin({ instal: fails() }))],
    ["in a later run", inOrder(succeeds(), byPlugin({ instal: fails() }))],
    ["in another byPlugin", byPlugin({ install: byPlugin({ instal: fails() }) })],
    ["otherwise of a byPlugin", byPlugin({ install: fails() }, byPlugin({ instal: fails() }))],
  ])("is found wherever it is written: %s", async (_, behavior) => {
    const fake = await sentTo(behavior);
    expect(() => assertSent(fake)).toThrow(new TypeError(SENTENCE));
  });

  it("is found in the behavior of the fake", async () => {
    const fake = new FakeSsm({ nodes: [{}, {}], behavior: byPlugin({ instal: fails() }) });
    await fake.documents.add("Deploy-App", DOCUMENT);
    const InstanceIds = fake.nodes.list().map(({ instanceId }) => instanceId);
    await fake.sendCommand({ DocumentName: "Deploy-App", InstanceIds });
    await fake.clock.advance("1m");
    expect(() => assertSent(fake)).toThrow(SENTENCE.replace(NODE, "the fake"));
    expect(warn).toHaveBeenCalledTimes(1);
  });

  it("is forgotten by a reset", async () => {
    const fake = await sentTo(byPlugin({ instal: fails() }));
    await fake.reset();
    await fake.listCommands({});
    expect(() => assertSent(fake)).toThrow("No command was sent.");
  });
});

describe("a plugin that a step has", () => {
  it.each([
    ["of its own document", byPlugin({ install: fails(), verify: succeeds() }), "Deploy-App"],
    ["of schema 1.2", byPlugin({ "aws:runShellScript": fails() }), "AWS-RunShellScript"],
    [
      "of the document that is sent, beside others",
      byDocument({
        "Deploy-App": byPlugin({ install: fails() }),
        "AWS-RunShellScript": byPlugin({ "aws:runShellScript": succeeds() }),
      }),
      "AWS-RunShellScript",
    ],
  ])("is none that is told: %s", async (_, behavior, name) => {
    const fake = await sentTo(behavior, name);
    assertSent(fake);
    expect(warn).not.toHaveBeenCalled();
  });

  it("may be one of a document that a step runs", async () => {
    const behavior = byPlugin({ install: fails() });
    const fake = new FakeSsm({ nodes: [{ instanceId: NODE, behavior }] });
    await fake.documents.add("Deploy-App", DOCUMENT);
    await fake.documents.add("Release", RELEASE);
    await fake.sendCommand({ DocumentName: "Release", InstanceIds: [NODE] });
    await fake.clock.advance("1m");
    assertReached(fake, "Failed");
    expect(warn).not.toHaveBeenCalled();
  });
});

describe("a part of a behavior that holds for certain runs", () => {
  const parted = async (behavior: Parameters<typeof byPlugin>[1]) => {
    const fake = new FakeSsm({ nodes: [{ instanceId: NODE, ...(behavior && { behavior }) }] });
    await fake.documents.add("Deploy-App", DOCUMENT);
    await fake.documents.add("Clean-Up", {
      ...DOCUMENT,
      mainSteps: [{ ...DOCUMENT.mainSteps[0], name: "clean" }],
    });
    const run = async (DocumentName: string) => {
      await fake.sendCommand({ DocumentName, InstanceIds: [NODE] });
      await fake.clock.advance("1m");
    };
    return { fake, run };
  };

  it("is not looked at before it is chosen: of when", async () => {
    const { fake, run } = await parted(
      when(({ documentName }) => documentName === "Deploy-App", byPlugin({ install: fails() })),
    );
    await run("Clean-Up");
    assertSucceeded(fake);
    await run("Deploy-App");
    assertReached(fake, "Failed");
    expect(warn).not.toHaveBeenCalled();
  });

  it("is not looked at before it is chosen: of inOrder", async () => {
    const { fake, run } = await parted(
      inOrder(byPlugin({ clean: succeeds() }), byPlugin({ install: fails(), verify: fails() })),
    );
    await run("Clean-Up");
    await run("Deploy-App");
    assertReached(fake, "Failed");
    expect(warn).not.toHaveBeenCalled();
  });

  it("of byDocument is held against that document alone", async () => {
    const { fake, run } = await parted(
      byDocument({ "Deploy-App": byPlugin({ clean: fails() }) }, byPlugin({ clean: fails() })),
    );
    await run("Clean-Up");
    assertReached(fake, "Failed");
    await run("Deploy-App");
    expect(() => assertSent(fake)).toThrow('"clean", and no step of Deploy-App has that name');
  });

  it("falls back to the behavior of the fake, which is looked at, too", async () => {
    const behavior = byPlugin({ instal: fails() });
    const node = { instanceId: NODE, behavior: byDocument({ Other: fails() }) };
    const fake = new FakeSsm({ nodes: [node], behavior });
    await fake.documents.add("Deploy-App", DOCUMENT);
    await fake.sendCommand({ DocumentName: "Deploy-App", InstanceIds: [NODE] });
    await fake.clock.advance("1m");
    expect(() => assertSent(fake)).toThrow(SENTENCE);
  });
});

describe("many mistakes", () => {
  it("are told ten times at most, and each name once for each document", async () => {
    const nodes = Array.from({ length: 100 }, (_, index) => ({
      tags: { Role: "web" },
      behavior: byPlugin({ [`step${index}`]: fails() }),
    }));
    const fake = new FakeSsm({ nodes });
    await fake.documents.add("Deploy-App", DOCUMENT);
    const Targets = [{ Key: "tag:Role", Values: ["web"] }];
    await fake.sendCommand({ DocumentName: "Deploy-App", Targets });
    await fake.clock.advance("1m");
    expect(warn).toHaveBeenCalledTimes(10);
    expect(() => assertSent(fake)).toThrow(/^(?:byPlugin\(\) of [^\n]+\n?){10}$/);
  });

  it("are told again for another document, and after a reset", async () => {
    const fake = await sentTo(byPlugin({ instal: fails() }));
    await fake.documents.add("Deploy-Two", DOCUMENT);
    await fake.listCommands({}).catch(() => {});
    await fake.sendCommand({ DocumentName: "Deploy-Two", InstanceIds: [NODE] });
    await fake.clock.advance("1m");
    expect(warn).toHaveBeenCalledTimes(2);
    await fake.reset();
    await fake.documents.add("Deploy-App", DOCUMENT);
    await fake.sendCommand({ DocumentName: "Deploy-App", InstanceIds: [NODE] });
    await fake.clock.advance("1m");
    expect(warn).toHaveBeenCalledTimes(3);
  });
});

describe("a mistake over HTTP", () => {
  it("is an answer that no client repeats, and a later assertion throws it", async () => {
    const fake = await sentTo(byPlugin({ instal: fails() }));
    const served = await serveFakeSsm(fake);
    const credentials = { accessKeyId: "a", secretAccessKey: "b" };
    const ssm = new SSM({ endpoint: served.url, region: "us-east-1", credentials });
    await expect(ssm.listCommands({})).rejects.toMatchObject({
      name: "TypeError",
      message: SENTENCE,
      $metadata: { httpStatusCode: 400, attempts: 1 },
    });
    ssm.destroy();
    await served.close();
    expect(() => assertSent(fake)).toThrow(SENTENCE);
  });
});

describe("fake.unused()", () => {
  it("knows a behavior whose process ran in a document within a step", async () => {
    const fake = new FakeSsm({ nodes: [{ instanceId: NODE, behavior: fails() }] });
    await fake.documents.add("Deploy-App", DOCUMENT);
    await fake.documents.add("Release", RELEASE);
    await fake.sendCommand({ DocumentName: "Release", InstanceIds: [NODE] });
    await fake.clock.advance("1m");
    expect(fake.unused()).toEqual([]);
  });

  it("lists faults, handlers and behaviors that never came to be", async () => {
    const { instanceId } = { instanceId: "i-00000000000000001" };
    const fake = new FakeSsm({
      nodes: [{ instanceId: NODE, behavior: inOrder(succeeds(), fails()) }, { behavior: fails() }],
      behavior: succeeds({ after: "1s" }),
    });
    fake.faults.throttle("CancelCommand", { times: 1 });
    fake.on("GetLogEvents", () => undefined);
    fake.on("SendCommand", () => undefined);
    await fake.sendCommand({ ...runShellScript("true"), InstanceIds: [NODE] });
    await fake.clock.advance("1m");
    expect(fake.unused()).toEqual([
      "throttle CancelCommand",
      "handler of GetLogEvents",
      "the behavior of the fake",
      "run 2 of inOrder() of i-0123456789abcdef0",
      `the behavior of ${instanceId}`,
    ]);
  });

  it("is empty when all of it came to be, also in a behavior that nodes share", async () => {
    const shared = byDocument({
      "Deploy-App": byPlugin({ install: when(() => true, succeeds()) }),
    });
    const nodes = [{ instanceId: NODE, behavior: shared }, { behavior: shared }];
    const fake = new FakeSsm({ nodes });
    await fake.documents.add("Deploy-App", DOCUMENT);
    expect(fake.unused()).toEqual(["the behavior of i-0123456789abcdef0 and 1 more"]);
    await fake.sendCommand({ DocumentName: "Deploy-App", InstanceIds: [NODE] });
    await fake.clock.advance("1m");
    expect(fake.unused()).toEqual([]);
  });

  it("names the parts of a choice that nobody asked for", async () => {
    const behavior = byPlugin({
      install: when(() => false, fails()),
      verify: succeeds(),
    });
    const fake = await sentTo(inOrder(behavior));
    expect(fake.unused()).toEqual(["the pick of when() of i-0123456789abcdef0"]);
    await fake.reset();
    expect(fake.unused()).toEqual(["the behavior of i-0123456789abcdef0"]);
    await fake.documents.add("Deploy-App", DOCUMENT);
    await fake.sendCommand({ DocumentName: "Deploy-App", InstanceIds: [NODE] });
    await fake.clock.advance("1m");
    expect(fake.unused()).toEqual(["the pick of when() of i-0123456789abcdef0"]);
  });

  it("counts functions and behaviors that are plain data", async () => {
    const fake = new FakeSsm({
      nodes: [{ instanceId: NODE, behavior: () => succeeds() }, { behavior: fails() }],
    });
    const InstanceIds = fake.nodes.list().map(({ instanceId }) => instanceId);
    await fake.sendCommand({ ...runShellScript("true"), InstanceIds });
    await fake.clock.advance("1m");
    expect(fake.unused()).toEqual([]);
  });
});
