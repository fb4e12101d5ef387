import type { SendCommandCommandInput } from "@aws-sdk/client-ssm";
import {
  byPlugin,
  FakeSsm,
  type FakeSsmOptions,
  fails,
  hangs,
  type NodeOptions,
  succeeds,
} from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { content, scriptStep } from "../documents/a-document.ts";

const NODE = "i-00000000000000001";
const GROUP = "/aws/ssm/AWS-RunShellScript";
const TWO_STEPS = content({
  mainSteps: [scriptStep({ name: "one" }), scriptStep({ name: "two:b*c" })],
});
const TWO_PROPERTIES = {
  schemaVersion: "1.2",
  runtimeConfig: {
    "aws:runShellScript": {
      properties: [
        { id: "a", runCommand: ["a"] },
        { id: "b", runCommand: ["b"] },
      ],
    },
  },
};

/** A node, and a command to it whose output goes to CloudWatch Logs. */
async function sent(
  node: NodeOptions,
  {
    config = {} as NonNullable<SendCommandCommandInput["CloudWatchOutputConfig"]>,
    document = "AWS-RunShellScript",
    options = {} as FakeSsmOptions,
    group = undefined as string | undefined,
  } = {},
) {
  const fake = new FakeSsm({ latency: "instant", nodes: [node], ...options });
  await fake.documents.add("Two", TWO_STEPS);
  await fake.documents.add("TwoProperties", TWO_PROPERTIES);
  await fake.documents.add("arn:aws:ssm:us-east-1:999988887777:document/Deploy", TWO_STEPS);
  const { Command } = await fake.sendCommand({
    DocumentName: document,
    InstanceIds: [NODE],
    CloudWatchOutputConfig: { CloudWatchOutputEnabled: true, ...config },
    ...(document.startsWith("AWS-") ? { Parameters: { commands: ["true"] } } : {}),
  });
  await fake.listCommands({});
  const place = `${Command!.CommandId}/${NODE}`;
  const text = (stream: string, from = group ?? GROUP) =>
    fake.logs.text(from, `${place}/${stream}`);
  return { fake, text, id: Command!.CommandId! };
}

const stdout = "aws-runShellScript/stdout";
const stderr = "aws-runShellScript/stderr";

describe("the streams of CloudWatch Logs", () => {
  it("are those of the action for schema 1.2", async () => {
    const { text } = await sent({ behavior: succeeds({ stdout: "out", stderr: "err" }) });
    expect([text(stdout), text(stderr)]).toEqual(["out", "err"]);
  });

  it("are those of the step's name for schema 2.x, other characters as dashes", async () => {
    const { text } = await sent(
      { behavior: byPlugin({ one: succeeds({ stdout: "1" }) }, succeeds({ stdout: "2" })) },
      { document: "Two", group: "/aws/ssm/Two" },
    );
    expect([text("one/stdout"), text("two-b-c/stdout")]).toEqual(["1", "2"]);
  });

  it("exist only where there is data", async () => {
    const { text } = await sent({ behavior: succeeds({ stdout: "out" }) });
    expect(text(stderr)).toBeUndefined();
  });

  it("hold what the agent adds", async () => {
    const { text } = await sent({ behavior: fails({ exitCode: 7, stderr: "bad\n" }) });
    expect(text(stderr)).toBe("bad\nfailed to run commands: exit status 7");
  });

  it("have newlines of one character, and none at the end", async () => {
    const { text } = await sent({ behavior: succeeds({ stdout: "one\r\ntwo\r\n" }) });
    expect(text(stdout)).toBe("one\ntwo");
  });

  it("hold more than the API shows", async () => {
    const written = "0123456789\n".repeat(9_000);
    const { text } = await sent({ behavior: succeeds({ stdout: written }) });
    expect(`${text(stdout)}\n`).toBe(written);
  });

  it("hold what several property objects wrote, joined by newlines", async () => {
    const { text } = await sent(
      { behavior: succeeds({ stdout: "out" }) },
      { document: "TwoProperties", group: "/aws/ssm/TwoProperties" },
    );
    expect(text(stdout)).toBe("out\nout");
  });
});

describe("while a process runs", () => {
  const writes = [
    { at: "1500ms", stdout: "half a line" },
    { at: "2500ms", stdout: ", whole\n" },
  ] as const;

  it("whole lines arrive at the agent's next look, a second after its start", async () => {
    const { fake, text } = await sent({ behavior: hangs({ stdout: "start\n" }) });
    await fake.clock.advance("999ms");
    const before = text(stdout);
    await fake.clock.advance("1ms");
    expect([before, text(stdout)]).toEqual([undefined, "start\n"]);
  });

  it("a line arrives when it is whole", async () => {
    const { fake, text } = await sent({ behavior: hangs({ writes }) });
    await fake.clock.advance("2s");
    const before = text(stdout);
    await fake.clock.advance("1s");
    expect([before, text(stdout)]).toEqual([undefined, "half a line, whole\n"]);
  });

  it("what is left of a line arrives with the end", async () => {
    const { fake, text } = await sent({
      behavior: succeeds({ after: "2s", stdout: "one\ntwo" }),
    });
    await fake.clock.advance("1s");
    const before = text(stdout);
    await fake.clock.advance("1s");
    expect([before, text(stdout)]).toEqual(["one\n", "one\ntwo"]);
  });

  it("nothing arrives twice", async () => {
    const { fake, text } = await sent({
      behavior: succeeds({ after: "5s", stdout: "one\n", writes: [{ at: "3s", stdout: "two\n" }] }),
    });
    await fake.clock.advance("1m");
    expect(text(stdout)).toBe("one\ntwo\n");
  });

  it("nothing of it shows in GetCommandInvocation", async () => {
    const { fake, id } = await sent({ behavior: hangs({ stdout: "start\n" }) });
    await fake.clock.advance("10s");
    const read = await fake.getCommandInvocation({ CommandId: id, InstanceId: NODE });
    expect(read.StandardOutputContent).toBe("");
  });

  it("what a cancelled process had written by then arrives", async () => {
    const { fake, text, id } = await sent({ behavior: hangs({ stdout: "start\n", writes }) });
    await fake.clock.advance("1700ms");
    await fake.cancelCommand({ CommandId: id });
    await fake.listCommands({});
    expect(text(stdout)).toBe("start\nhalf a line");
  });
});

describe("the log group", () => {
  const behavior = succeeds({ stdout: "out" });

  it("is the user's own when it is named", async () => {
    const config = { CloudWatchLogGroupName: "/app/deploy" };
    const { text } = await sent({ behavior }, { config, group: "/app/deploy" });
    expect(text(stdout)).toBe("out");
  });

  it("is named after the document, an ARN with points for colons", async () => {
    const document = "arn:aws:ssm:us-east-1:999988887777:document/Deploy";
    const group = "/aws/ssm/arn.aws.ssm.us-east-1.999988887777.document/Deploy";
    const { text } = await sent({ behavior }, { document, group });
    expect(text("one/stdout")).toBe("out");
  });

  it("has no leading slash where the setting leadingSlash says so", async () => {
    const options = { settings: { leadingSlash: false } };
    const { text } = await sent({ behavior }, { options, group: "aws/ssm/AWS-RunShellScript" });
    expect(text(stdout)).toBe("out");
  });

  it("is not written to when output is not enabled, even if it is named", async () => {
    const config = { CloudWatchOutputEnabled: false, CloudWatchLogGroupName: "/app" };
    const { text } = await sent({ behavior }, { config, group: "/app" });
    expect(text(stdout)).toBeUndefined();
  });
});

describe("a node without the policy for logs", () => {
  it("writes nothing, also where another node has made the group", async () => {
    const behavior = succeeds({ stdout: "made\n" });
    const fake = new FakeSsm({
      latency: "instant",
      nodes: [{ behavior }, { behavior, logs: "noPolicy" }],
    });
    const ids = fake.nodes.list().map(({ instanceId }) => instanceId);
    const { Command } = await fake.sendCommand({
      DocumentName: "AWS-RunShellScript",
      InstanceIds: ids,
      Parameters: { commands: ["true"] },
      CloudWatchOutputConfig: { CloudWatchOutputEnabled: true },
    });
    await fake.listCommands({});
    const written = ids.map((id) => fake.logs.text(GROUP, `${Command!.CommandId}/${id}/${stdout}`));
    expect(written).toEqual(["made", undefined]);
  });
});

describe("a node that may not make log groups", () => {
  const node: NodeOptions = { logs: "denied", behavior: fails({ stderr: "bad\n" }) };

  it("writes nothing to a group that does not exist", async () => {
    const { text } = await sent(node);
    expect(text(stderr)).toBeUndefined();
  });

  it("ends as it would have ended", async () => {
    const { fake, id } = await sent(node);
    const read = await fake.getCommandInvocation({ CommandId: id, InstanceId: NODE });
    expect([read.Status, read.ResponseCode, read.StandardErrorContent]).toEqual([
      "Failed",
      1,
      "bad\nfailed to run commands: exit status 1",
    ]);
  });

  it("writes to a group that another node has made", async () => {
    const nodes = [
      { behavior: succeeds({ stdout: "made\n" }) },
      { ...node, logs: "denied" },
    ] as const;
    const fake = new FakeSsm({ latency: "instant", nodes });
    const ids = fake.nodes.list().map(({ instanceId }) => instanceId);
    const { Command } = await fake.sendCommand({
      DocumentName: "AWS-RunShellScript",
      InstanceIds: ids,
      Parameters: { commands: ["true"] },
      CloudWatchOutputConfig: { CloudWatchOutputEnabled: true },
    });
    await fake.listCommands({});
    expect(fake.logs.text(GROUP, `${Command!.CommandId}/${ids[1]}/${stderr}`)).toBe(
      "bad\nfailed to run commands: exit status 1",
    );
  });
});
