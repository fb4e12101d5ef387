import { FakeSsm, fails, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { content, scriptStep } from "../documents/a-document.ts";

const NODE = "i-00000000000000001";
const TWO_STEPS = content({
  mainSteps: [scriptStep({ name: "one" }), scriptStep({ name: "two" })],
});
const OLD = {
  schemaVersion: "1.2",
  runtimeConfig: { "aws:runShellScript": { properties: [{ id: "my:id", runCommand: ["true"] }] } },
};

/** What a command with a bucket leaves in S3, and how its invocation is read. */
async function sent({
  document = "AWS-RunShellScript",
  behavior = succeeds({ stdout: "out\n", stderr: "err\n" }),
  prefix = undefined as string | undefined,
  hasBucket = true,
} = {}) {
  const fake = new FakeSsm({ latency: "instant", region: "eu-central-1", nodes: [{ behavior }] });
  await fake.documents.add("Two", TWO_STEPS);
  await fake.documents.add("Old", OLD);
  const { Command } = await fake.sendCommand({
    DocumentName: document,
    InstanceIds: [NODE],
    ...(document === "AWS-RunShellScript" ? { Parameters: { commands: ["true"] } } : {}),
    ...(hasBucket ? { OutputS3BucketName: "output" } : {}),
    ...(prefix === undefined ? {} : { OutputS3KeyPrefix: prefix }),
  });
  const { CommandInvocations } = await fake.listCommandInvocations({ Details: true });
  const id = Command!.CommandId!;
  const relative = (text = "") => text.replaceAll(id, "COMMAND");
  return {
    fake,
    id,
    invocation: CommandInvocations![0]!,
    plugins: CommandInvocations![0]!.CommandPlugins!,
    keys: fake.objects.list("output").map(relative),
    relative,
  };
}

describe("the keys of output", () => {
  it("are command, node, plugin and property for AWS-RunShellScript", async () => {
    expect((await sent()).keys).toEqual([
      `COMMAND/${NODE}/awsrunShellScript/0.awsrunShellScript/stderr`,
      `COMMAND/${NODE}/awsrunShellScript/0.awsrunShellScript/stdout`,
    ]);
  });

  it("hold the id of the property for schema 1.2, without colons", async () => {
    expect((await sent({ document: "Old", behavior: succeeds({ stdout: "out" }) })).keys).toEqual([
      `COMMAND/${NODE}/awsrunShellScript/myid/stdout`,
    ]);
  });

  it("hold the action and the step's name for schema 2.x", async () => {
    expect((await sent({ document: "Two", behavior: succeeds({ stdout: "out" }) })).keys).toEqual([
      `COMMAND/${NODE}/awsrunShellScript/one/stdout`,
      `COMMAND/${NODE}/awsrunShellScript/two/stdout`,
    ]);
  });

  it.each(["logs/app", "logs/app/"])("begin with the prefix %s", async (prefix) => {
    const { keys } = await sent({ prefix, behavior: succeeds({ stdout: "out" }) });
    expect(keys).toEqual([`logs/app/COMMAND/${NODE}/awsrunShellScript/0.awsrunShellScript/stdout`]);
  });

  it("do not exist for streams that are empty", async () => {
    expect((await sent({ behavior: succeeds() })).keys).toEqual([]);
  });

  it("do not exist without a bucket", async () => {
    expect((await sent({ hasBucket: false })).keys).toEqual([]);
  });
});

describe("the objects of output", () => {
  it("hold the streams, with what the agent adds", async () => {
    const { fake, id } = await sent({ behavior: fails({ exitCode: 7, stderr: "bad\n" }) });
    const key = `${id}/${NODE}/awsrunShellScript/0.awsrunShellScript/stderr`;
    expect(fake.objects.get("output", key)).toBe("bad\nfailed to run commands: exit status 7");
  });

  it("are whole, whatever the API cuts", async () => {
    const stdout = "0123456789\n".repeat(9_000);
    const { fake, id } = await sent({ behavior: succeeds({ stdout }) });
    const key = `${id}/${NODE}/awsrunShellScript/0.awsrunShellScript/stdout`;
    expect(fake.objects.get("output", key)).toBe(stdout);
  });
});

describe("the URLs of output", () => {
  const url = (stream: string, folder = "awsrunShellScript/0.awsrunShellScript") =>
    `https://s3.eu-central-1.amazonaws.com/output/COMMAND/${NODE}/${folder}/${stream}`;

  it("are both filled, even if one stream is empty", async () => {
    const { plugins, relative } = await sent({ behavior: succeeds({ stdout: "out" }) });
    expect([
      relative(plugins[0]!.StandardOutputUrl),
      relative(plugins[0]!.StandardErrorUrl),
    ]).toEqual([url("stdout"), url("stderr")]);
  });

  it("are the same in GetCommandInvocation", async () => {
    const { fake, id, relative } = await sent();
    const read = await fake.getCommandInvocation({ CommandId: id, InstanceId: NODE });
    expect([relative(read.StandardOutputUrl), relative(read.StandardErrorUrl)]).toEqual([
      url("stdout"),
      url("stderr"),
    ]);
  });

  it("are those of the plugin for an invocation of one", async () => {
    const { invocation, relative } = await sent();
    expect([relative(invocation.StandardOutputUrl), relative(invocation.StandardErrorUrl)]).toEqual(
      [url("stdout"), url("stderr")],
    );
  });

  it("are empty for an invocation of several plugins", async () => {
    const { invocation } = await sent({ document: "Two" });
    expect([invocation.StandardOutputUrl, invocation.StandardErrorUrl]).toEqual(["", ""]);
  });

  it("are each plugin's own", async () => {
    const { plugins, relative } = await sent({ document: "Two" });
    expect(plugins.map(({ StandardOutputUrl }) => relative(StandardOutputUrl))).toEqual([
      url("stdout", "awsrunShellScript/one"),
      url("stdout", "awsrunShellScript/two"),
    ]);
  });

  it("are empty without a bucket", async () => {
    const { invocation, plugins } = await sent({ hasBucket: false });
    expect([invocation.StandardOutputUrl, plugins[0]!.StandardOutputUrl]).toEqual(["", ""]);
  });
});

describe("what a plugin shows of S3", () => {
  it("is the bucket, the region and the prefix down to the plugin", async () => {
    const { plugins, relative } = await sent({ prefix: "logs" });
    const { OutputS3BucketName, OutputS3Region, OutputS3KeyPrefix } = plugins[0]!;
    expect([OutputS3BucketName, OutputS3Region, relative(OutputS3KeyPrefix)]).toEqual([
      "output",
      "eu-central-1",
      `logs/COMMAND/${NODE}/awsrunShellScript`,
    ]);
  });

  it("is the region alone without a bucket", async () => {
    const { plugins } = await sent({ hasBucket: false });
    const { OutputS3BucketName, OutputS3Region, OutputS3KeyPrefix } = plugins[0]!;
    expect([OutputS3BucketName, OutputS3Region, OutputS3KeyPrefix]).toEqual([
      "",
      "eu-central-1",
      "",
    ]);
  });
});
