import { cloudWatchOutput } from "ssm-run-command";
import { ClockResetError, FakeSsm, fails, hangs, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../support/rejection.ts";

const NODE = "i-00000000000000001";
const REQUEST = {
  DocumentName: "AWS-RunShellScript",
  InstanceIds: [NODE],
  Parameters: { commands: ["uptime"] },
  CloudWatchOutputConfig: cloudWatchOutput("/deploys"),
};

/** A fake that has sent a command and written its output, some time ago. */
async function aUsedFake() {
  const fake = new FakeSsm({
    latency: "instant",
    nodes: [{ tags: { Role: "web" }, behavior: succeeds({ stdout: "deployed\n" }) }],
  });
  const { Command } = await fake.sendCommand(REQUEST);
  await fake.listCommands({});
  await fake.clock.advance("1h");
  return { fake, commandId: Command?.CommandId };
}

describe("a reset drops", () => {
  it("commands", async () => {
    const { fake } = await aUsedFake();
    await fake.reset();
    expect((await fake.listCommands({})).Commands).toEqual([]);
  });

  it("invocations", async () => {
    const { fake } = await aUsedFake();
    await fake.reset();
    expect((await fake.listCommandInvocations({})).CommandInvocations).toEqual([]);
  });

  it("what was due", async () => {
    const { fake } = await aUsedFake();
    const { behavior } = fake.nodes.add({ behavior: hangs() });
    fake.nodes.list()[0]!.behavior = behavior;
    await fake.sendCommand(REQUEST);
    await fake.listCommands({});
    await fake.reset();
    await fake.clock.advance("30d");
    expect(fake.timeline()).toBe("");
  });

  it("logs", async () => {
    const { fake, commandId } = await aUsedFake();
    const stream = `${commandId}/${NODE}/aws-runShellScript/stdout`;
    const before = fake.logs.text("/deploys", stream);
    await fake.reset();
    expect([before, fake.logs.text("/deploys", stream)]).toEqual(["deployed", undefined]);
  });

  it("the journal", async () => {
    const { fake } = await aUsedFake();
    await fake.reset();
    expect([fake.journal.entries(), fake.journal.dropped]).toEqual([[], 0]);
  });

  it("the timeline", async () => {
    const { fake } = await aUsedFake();
    await fake.reset();
    expect(fake.timeline()).toBe("");
  });

  it("what a behavior threw and no call has thrown yet", async () => {
    const fake = new FakeSsm({
      latency: "instant",
      nodes: [{ behavior: () => Promise.reject(new Error("Late.")) }],
    });
    await fake.sendCommand(REQUEST);
    fake.timeline();
    await fake.reset();
    expect((await fake.listCommands({})).Commands).toEqual([]);
  });
});

describe("a reset rejects", () => {
  it("sleepers, with a ClockResetError", async () => {
    const { fake } = await aUsedFake();
    const asleep = rejectionOf(fake.clock.sleep("1h"));
    await fake.reset();
    expect(await asleep).toBeInstanceOf(ClockResetError);
  });
});

describe("a reset starts again", () => {
  it("virtual time", async () => {
    const begun = new FakeSsm({ latency: "instant" }).clock.now();
    const { fake } = await aUsedFake();
    await fake.reset();
    expect(fake.clock.now()).toBe(begun);
  });

  it("the time that the timeline counts from", async () => {
    const { fake } = await aUsedFake();
    await fake.reset();
    await fake.sendCommand(REQUEST);
    expect(fake.timeline()).toMatch(/^00:00:00\.000 /);
  });

  it("the ids of commands", async () => {
    const { fake, commandId } = await aUsedFake();
    await fake.reset();
    expect((await fake.sendCommand(REQUEST)).Command?.CommandId).toBe(commandId);
  });

  it("the random numbers of behaviors", async () => {
    const draws: number[] = [];
    const fake = new FakeSsm({
      latency: "instant",
      nodes: [
        {
          behavior: ({ random }) => {
            draws.push(random());
            return succeeds();
          },
        },
      ],
    });
    for (let time = 0; time < 2; time++) {
      await fake.sendCommand(REQUEST);
      await fake.listCommands({});
      await fake.reset();
    }
    expect(draws[1]).toBe(draws[0]);
  });
});

describe("a reset returns to what the constructor was given", () => {
  it("by dropping nodes that were added", async () => {
    const { fake } = await aUsedFake();
    fake.nodes.add();
    await fake.reset();
    expect(fake.nodes.list().map(({ instanceId }) => instanceId)).toEqual([NODE]);
  });

  it("by undoing what was changed about nodes", async () => {
    const { fake } = await aUsedFake();
    const node = fake.nodes.list()[0]!;
    node.tag({ Role: "db" });
    node.goOffline();
    node.behavior = fails();
    await fake.reset();
    const { tags, agent, behavior } = fake.nodes.get(NODE)!;
    expect([tags, agent, behavior]).toEqual([
      { Role: "web" },
      "online",
      succeeds({ stdout: "deployed\n" }),
    ]);
  });

  it("by making up ids from the first on", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    const first = fake.nodes.add().instanceId;
    await fake.reset();
    expect(fake.nodes.add().instanceId).toBe(first);
  });
});

describe("after a reset", () => {
  it("the fake works as before", async () => {
    const { fake } = await aUsedFake();
    await fake.reset();
    await fake.sendCommand(REQUEST);
    expect((await fake.listCommands({})).Commands?.[0]?.Status).toBe("Success");
  });

  it("clients that were made before it go on", async () => {
    const { fake } = await aUsedFake();
    const { ListCommandsCommand } = await import("@aws-sdk/client-ssm");
    const client = fake.client();
    await fake.reset();
    expect((await client.send(new ListCommandsCommand({}))).Commands).toEqual([]);
  });

  it("what was disposed of is empty, too", async () => {
    const { fake } = await aUsedFake();
    await fake[Symbol.asyncDispose]();
    expect((await fake.listCommands({})).Commands).toEqual([]);
  });
});
