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
    ["in a when", when(() => false, byPlugin({ instal: fails() }))],
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
    expect(() => assertSent(fake)).toThrow("No command like {} was sent.");
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
    await fake.documents.add("Release", {
      schemaVersion: "2.2",
      mainSteps: [
        {
          action: "aws:runDocument",
          name: "deploy",
          inputs: { documentType: "SSMDocument", documentPath: "Deploy-App" },
        },
      ],
    });
    await fake.sendCommand({ DocumentName: "Release", InstanceIds: [NODE] });
    await fake.clock.advance("1m");
    assertReached(fake, "Failed");
    expect(warn).not.toHaveBeenCalled();
  });
});

describe("fake.unused()", () => {
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
