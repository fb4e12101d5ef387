import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchBucket,
  S3Client,
} from "@aws-sdk/client-s3";
import { FakeSsm, fails, type NodeOptions, reboots, succeeds } from "ssm-run-command/fake";
import { readFleet } from "ssm-run-command/fake/node";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../../support/rejection.ts";
import { eachInFolder } from "../../support/temporary-folder.ts";

const FIRST = "i-00000000000000001";
const SECOND = "i-00000000000000002";
const OUT = "awsrunShellScript/0.awsrunShellScript/stdout";
const ERR = "awsrunShellScript/0.awsrunShellScript/stderr";
const behavior = succeeds({ stdout: "deployed\n" });

/** A fake, a real client of its S3, and a way to send to all of its nodes with a bucket. */
function aFake(...nodes: readonly NodeOptions[]) {
  const fake = new FakeSsm({ nodes });
  const s3 = new S3Client(fake.objects.clientConfig());
  const send = async (bucket: string | undefined = "output") => {
    const { Command } = await fake.sendCommand({
      DocumentName: "AWS-RunShellScript",
      InstanceIds: fake.nodes.list().map(({ instanceId }) => instanceId),
      Parameters: { commands: ["true"] },
      ...(bucket === "" ? {} : { OutputS3BucketName: bucket }),
    });
    await fake.clock.advance("1s");
    return Command!.CommandId!;
  };
  const list = (Bucket = "output") => s3.send(new ListObjectsV2Command({ Bucket }));
  /** The keys without the ids of commands, which stand in front of them. */
  const keys = async (bucket?: string) =>
    (await list(bucket)).Contents?.map(({ Key = "" }) => Key.slice(Key.indexOf("/") + 1)) ?? [];
  return { fake, s3, send, list, keys };
}

/** What the API says of the invocation on a node, without what differs from command to command. */
async function invocationIn(fake: FakeSsm, CommandId: string, InstanceId = FIRST) {
  const { $metadata, ...read } = await fake.getCommandInvocation({ CommandId, InstanceId });
  return JSON.parse(JSON.stringify(read).replaceAll(CommandId, "COMMAND")) as object;
}

/** The notes of the timeline. */
const notesIn = (fake: FakeSsm) =>
  [...fake.timeline().matchAll(/(\S+) +note +(.*)/g)].map(([, node, note]) => [node, note]);

describe("a bucket", () => {
  it("does not exist before a command names it", async () => {
    expect(await rejectionOf(aFake().list())).toBeInstanceOf(NoSuchBucket);
  });

  it("does not exist because a command names another one", async () => {
    const { send, list } = aFake({ behavior });
    await send("other");
    expect(await rejectionOf(list())).toBeInstanceOf(NoSuchBucket);
  });

  it("exists, empty, as soon as a command names it", async () => {
    const { send, keys } = aFake({ behavior: succeeds({ after: "1h", stdout: "late\n" }) });
    await send();
    expect(await keys()).toEqual([]);
  });

  it("exists, empty, when no node writes anything", async () => {
    const { send, keys } = aFake({ behavior: succeeds() });
    await send();
    expect(await keys()).toEqual([]);
  });

  it("does not exist because of a command that was refused", async () => {
    const { fake, list } = aFake();
    const refused = fake.sendCommand({
      DocumentName: "AWS-RunShellScript",
      InstanceIds: [FIRST],
      OutputS3BucketName: "output",
    });
    await rejectionOf(refused);
    expect(await rejectionOf(list())).toBeInstanceOf(NoSuchBucket);
  });

  it("holds what every node wrote, each stream an object", async () => {
    const { send, keys } = aFake({ behavior }, { behavior: fails({ stderr: "bad\n" }) });
    await send();
    expect(await keys()).toEqual([`${FIRST}/${OUT}`, `${SECOND}/${ERR}`]);
  });

  it("keeps what earlier commands left", async () => {
    const { send, keys } = aFake({ behavior });
    await send();
    await send();
    expect(await keys()).toEqual([`${FIRST}/${OUT}`, `${FIRST}/${OUT}`]);
  });

  it("exists, empty, after setBucket", async () => {
    const { fake, keys } = aFake();
    fake.objects.setBucket("output");
    expect(await keys()).toEqual([]);
  });

  it("is gone after a reset", async () => {
    const { fake, send, list } = aFake({ behavior });
    await send();
    await fake.reset();
    expect([fake.objects.list("output"), await rejectionOf(list())]).toEqual([
      [],
      expect.any(NoSuchBucket),
    ]);
  });

  it("may be written to again after a reset", async () => {
    const { fake, send, keys } = aFake({ behavior });
    fake.objects.setBucket("output", { access: "denied" });
    await fake.reset();
    await send();
    expect(await keys()).toEqual([`${FIRST}/${OUT}`]);
  });
});

const REASONS = [
  ["denied", "Nodes may not write to the bucket output: nothing was uploaded."],
  ["missing", "The bucket output does not exist: nothing was uploaded."],
] as const;

describe.each(REASONS)("a bucket that is %s", (access, note) => {
  it("gets nothing", async () => {
    const { fake, send } = aFake({ behavior });
    fake.objects.setBucket("output", { access });
    const id = await send();
    expect([
      fake.objects.list("output"),
      fake.objects.get("output", `${id}/${FIRST}/${OUT}`),
    ]).toEqual([[], undefined]);
  });

  it("leaves the command and its URLs as ever", async () => {
    const [odd, plain] = [aFake({ behavior }), aFake({ behavior })];
    odd.fake.objects.setBucket("output", { access });
    const read = async ({ fake, send }: typeof odd) => invocationIn(fake, await send());
    expect(await read(odd)).toEqual(await read(plain));
  });

  it("is noted in the timeline, for each node", async () => {
    const { fake, send } = aFake({ behavior }, { behavior });
    fake.objects.setBucket("output", { access });
    await send();
    expect(notesIn(fake)).toEqual([
      [FIRST, note],
      [SECOND, note],
    ]);
  });

  it("is not noted where nothing was to be uploaded", async () => {
    const { fake, send } = aFake({ behavior: succeeds() });
    fake.objects.setBucket("output", { access });
    await send();
    expect(notesIn(fake)).toEqual([]);
  });

  it("leaves other buckets alone", async () => {
    const { fake, send, keys } = aFake({ behavior });
    fake.objects.setBucket("output", { access });
    await send("other");
    expect([await keys("other"), notesIn(fake)]).toEqual([[`${FIRST}/${OUT}`], []]);
  });

  it("gets what is written when it is allowed again, and only that", async () => {
    const { fake, send, list } = aFake({ behavior });
    fake.objects.setBucket("output", { access });
    await send();
    fake.objects.setBucket("output", { access: "allowed" });
    const id = await send();
    expect((await list()).Contents?.map(({ Key }) => Key)).toEqual([`${id}/${FIRST}/${OUT}`]);
  });
});

describe("the access of a bucket", () => {
  it("lets a client read where nodes may not write", async () => {
    const { fake, send, keys } = aFake({ behavior });
    await send();
    fake.objects.setBucket("output", { access: "denied" });
    expect(await keys()).toEqual([`${FIRST}/${OUT}`]);
  });

  it("lets a client read nothing of a bucket that is missing", async () => {
    const { fake, send, list } = aFake({ behavior });
    fake.objects.setBucket("output", { access: "missing" });
    await send();
    expect(await rejectionOf(list())).toBeInstanceOf(NoSuchBucket);
  });

  it("is the one of the instant at which the output is uploaded", async () => {
    const { fake, send, keys } = aFake({ behavior: succeeds({ after: "10s", stdout: "late\n" }) });
    await send();
    fake.objects.setBucket("output", { access: "denied" });
    await fake.clock.advance("10s");
    expect([await keys(), notesIn(fake)]).toEqual([[], [[FIRST, REASONS[0][1]]]]);
  });

  it.each([
    ["no", '"no"'],
    ["", '""'],
    ["Denied", '"Denied"', " Did you mean denied?"],
    [null, "null"],
    [false, "false"],
    [{}, "{}"],
    [["denied"], '["denied"]'],
    [Object.create(null), "an object"],
  ])("cannot be %j", (access, shown, nearest = "") => {
    const setBucket = () => aFake().fake.objects.setBucket("output", { access: access as never });
    expect(setBucket).toThrow(
      new TypeError(
        `access of fake.objects.setBucket("output") is ${shown}. Use one of allowed, denied, missing.${nearest}`,
      ),
    );
  });

  it("stays as it was when it is refused", async () => {
    const { fake, send, keys } = aFake({ behavior });
    const setBucket = () => fake.objects.setBucket("output", { access: "no" as never });
    expect(setBucket).toThrow(TypeError);
    await send();
    expect(await keys()).toEqual([`${FIRST}/${OUT}`]);
  });
});

describe("a node that may not write to S3", () => {
  it("uploads nothing, and says so in the timeline, while others do", async () => {
    const { fake, send, keys } = aFake({ behavior, objects: "denied" }, { behavior });
    await send();
    expect([await keys(), notesIn(fake)]).toEqual([
      [`${SECOND}/${OUT}`],
      [[FIRST, "The node may not write to S3: nothing was uploaded."]],
    ]);
  });

  it("has commands and URLs as ever", async () => {
    const read = async (node: NodeOptions) => {
      const { fake, send } = aFake(node);
      return invocationIn(fake, await send());
    };
    const denied = await read({ behavior, objects: "denied" });
    expect(denied).toEqual(await read({ behavior }));
  });

  it("has no note for a command without a bucket", async () => {
    const { fake, send } = aFake({ behavior, objects: "denied" });
    await send("");
    expect(notesIn(fake)).toEqual([]);
  });

  it.each([
    [undefined, "allowed"],
    ["allowed", "allowed"],
    ["denied", "denied"],
  ] as const)("is one with the option %s: %s", (objects, shown) => {
    const { fake } = aFake(objects === undefined ? {} : { objects });
    expect(fake.nodes.list()[0]?.objects).toBe(shown);
  });

  it.each(["no", "missing", "", 0, false])("is not one with the option %j", (objects) => {
    expect(() => aFake({ objects: objects as never })).toThrow(
      /^The objects of node i-00000000000000001 is .*\. Use one of allowed, denied\.$/,
    );
  });
});

describe("in a fleet file", () => {
  let file = "";
  eachInFolder((folder) => {
    file = join(folder, "fleet.yaml");
  });

  it("a node that may not write to S3 is one", async () => {
    writeFileSync(file, "nodes:\n  - objects: denied\n");
    const { nodes } = await readFleet(file);
    expect(nodes).toMatchObject([{ objects: "denied" }]);
  });

  it("another word is refused with its line", async () => {
    writeFileSync(file, 'nodes:\n  - objects: "no"\n');
    expect(await rejectionOf(readFleet(file))).toMatchObject({
      mistakes: [`${file}:2: nodes[0].objects is "no". Allowed: allowed, denied.`],
    });
  });
});

describe("a rerun after a reboot", () => {
  const then = succeeds({ stdout: "second\n" });
  const rebooting = reboots({ stdout: "first\n", takes: "10s", then });

  it("replaces the object of the first run by one that has both", async () => {
    const { fake, s3, send } = aFake({ behavior: rebooting });
    const place = { Bucket: "output", Key: `${await send()}/${FIRST}/${OUT}` };
    const before = await s3.send(new GetObjectCommand(place));
    await fake.clock.advance("1m");
    const after = await s3.send(new GetObjectCommand(place));
    expect([await before.Body?.transformToString(), await after.Body?.transformToString()]).toEqual(
      ["first\n", "first\nsecond\n"],
    );
  });

  it("gives it another ETag and a later time", async () => {
    const { fake, s3, send } = aFake({ behavior: rebooting });
    const place = { Bucket: "output", Key: `${await send()}/${FIRST}/${OUT}` };
    const before = await s3.send(new HeadObjectCommand(place));
    await fake.clock.advance("1m");
    const after = await s3.send(new HeadObjectCommand(place));
    expect([after.ETag === before.ETag, after.LastModified! > before.LastModified!]).toEqual([
      false,
      true,
    ]);
  });

  it("is one object", async () => {
    const { fake, send, keys } = aFake({ behavior: rebooting });
    await send();
    await fake.clock.advance("1m");
    expect(await keys()).toEqual([`${FIRST}/${OUT}`]);
  });
});
