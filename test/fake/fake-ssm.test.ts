import { ListCommandsCommand, SSMClient } from "@aws-sdk/client-ssm";
import { RunCommandClient } from "ssm-run-command";
import { FakeSsm, type FakeSsmOptions, fails, succeeds, VirtualClock } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { ManualClock } from "../support/manual-clock.ts";
import { refusalOf } from "../support/rejection.ts";

const NODE = "i-00000000000000001";
const REQUEST = {
  DocumentName: "AWS-RunShellScript",
  InstanceIds: [NODE],
  Parameters: { commands: ["login hunter2"] },
};

/** The first command of a fake with these options, as it was sent and at the next look. */
async function aCommandOf(options: FakeSsmOptions) {
  const fake = new FakeSsm({ nodes: [{}], latency: "instant", ...options });
  const { Command } = await fake.sendCommand(REQUEST);
  const { Commands } = await fake.listCommands({});
  return { fake, sent: Command!, seen: Commands![0]! };
}

describe("an operation", () => {
  it.each([
    "sendCommand",
    "cancelCommand",
    "getCommandInvocation",
    "listCommands",
    "listCommandInvocations",
    "describeInstanceInformation",
  ] as const)("needs no this: %s", async (method) => {
    const fake = new FakeSsm({ nodes: [{}] });
    const { [method]: operation } = fake;
    // The service answers or refuses each; none fails because `this` is missing.
    await operation({} as never).catch(() => undefined);
    expect(fake.journal.entries()).toMatchObject([
      { operation: `${method.charAt(0).toUpperCase()}${method.slice(1)}` },
    ]);
  });
});

describe("an option", () => {
  it("nodes are there from the start", () => {
    const fake = new FakeSsm({ nodes: [{ name: "web-1" }, { name: "web-2" }] });
    expect(fake.nodes.list().map(({ name }) => name)).toEqual(["web-1", "web-2"]);
  });

  it("behavior is what nodes without one of their own do", async () => {
    const { seen } = await aCommandOf({ behavior: fails() });
    expect(seen.Status).toBe("Failed");
  });

  it("behavior leaves nodes alone that have one of their own", async () => {
    const { seen } = await aCommandOf({ behavior: fails(), nodes: [{ behavior: succeeds() }] });
    expect(seen.Status).toBe("Success");
  });

  it("region is where the account stands", async () => {
    const { fake, sent } = await aCommandOf({ region: "eu-central-1" });
    expect([sent.OutputS3Region, await fake.client().config.region()]).toEqual([
      "eu-central-1",
      "eu-central-1",
    ]);
  });

  it("accountId is whose account it is", async () => {
    const fake = new FakeSsm({ accountId: "999988887777", nodes: [{ access: "denied" }] });
    expect((await refusalOf(fake.sendCommand(REQUEST))).message).toContain(
      "arn:aws:ec2:us-east-1:999988887777:instance/",
    );
  });

  it("seed decides the ids of commands", async () => {
    const ids = async (seed: number) => (await aCommandOf({ seed })).sent.CommandId;
    expect([await ids(1), await ids(1)]).toEqual([await ids(1), await ids(1)]);
    expect(await ids(2)).not.toBe(await ids(1));
  });

  it("seed decides the ids of requests", async () => {
    const id = async () => (await new FakeSsm().listCommands({})).$metadata.requestId;
    expect(await id()).toBe(await id());
  });

  it("latency makes the service late", async () => {
    const { seen } = await aCommandOf({ latency: { replyDelay: "1s" } });
    expect(seen.Status).toBe("InProgress");
  });

  it("settings answer a question of docs/settings.md", async () => {
    const fake = new FakeSsm({
      nodes: [{ agent: "unreachable" }],
      settings: { delayedStatus: "Delayed" },
    });
    await fake.sendCommand(REQUEST);
    await fake.clock.advance("10s");
    const { CommandInvocations } = await fake.listCommandInvocations({});
    expect(CommandInvocations?.[0]?.Status).toBe("Delayed");
  });

  it("journalSize is how much the journal keeps", async () => {
    const { fake } = await aCommandOf({ journalSize: 1 });
    expect(fake.journal.entries().map(({ operation }) => operation)).toEqual(["ListCommands"]);
  });
});

describe("bad input", () => {
  it.each<[string, FakeSsmOptions, string]>([
    [
      "an id that AWS would refuse",
      { nodes: [{ instanceId: "web-1" }] },
      'The instance id "web-1" is one that AWS would refuse. Write "i-" and 8 or 17 letters or digits (or "mi-" and 17), such as "i-0123456789abcdef0", or leave it out.',
    ],
    [
      "an id that is taken",
      { nodes: [{ instanceId: "i-01234567" }, { instanceId: "i-01234567" }] },
      "The fake has a node i-01234567 already. Leave the id out, and the fake makes one, or change the node that is there.",
    ],
    [
      "a delay without its unit",
      { latency: { replyDelay: "5" as never } },
      'latency.replyDelay is "5", which is not a duration. Write it with its unit (ms, s, m, h, d): "90s".',
    ],
    [
      "a behavior with a duration without its unit",
      { nodes: [{ instanceId: "i-01234567", behavior: { type: "exits", after: "90" as never } }] },
      'after of the behavior of i-01234567 is "90", which is not a duration. Write it with its unit (ms, s, m, h, d): "90s".',
    ],
    [
      "a size that is not allowed",
      { journalSize: -1 },
      "journalSize is -1. Give it how many entries to keep, a whole number.",
    ],
    [
      "a start that is not a date",
      {
        get clock(): VirtualClock {
          return new VirtualClock({ start: "noon" });
        },
      },
      'VirtualClock was given the start "noon", which is not a date. Write it as "2024-01-01T00:00:00.000Z", or "now".',
    ],
  ])("is refused with a sentence: %s", (_, options, sentence) => {
    expect(() => new FakeSsm(options)).toThrow(sentence);
  });
});

describe("a client of the fake", () => {
  it("is a real SSMClient", () => {
    expect(new FakeSsm().client()).toBeInstanceOf(SSMClient);
  });

  it("shares its account with the object API", async () => {
    const { fake, sent } = await aCommandOf({});
    const { Commands } = await fake.client().send(new ListCommandsCommand({}));
    expect(Commands?.map(({ CommandId }) => CommandId)).toEqual([sent.CommandId]);
  });

  it("carries the clock of the fake", () => {
    const fake = new FakeSsm();
    expect(new RunCommandClient(fake.client()).clock).toBe(fake.clock);
  });

  it("has what the caller wants otherwise", async () => {
    const client = new FakeSsm().client({ maxAttempts: 7, region: "eu-west-1" });
    expect([await client.config.maxAttempts(), await client.config.region()]).toEqual([
      7,
      "eu-west-1",
    ]);
  });

  it("throws for an operation that the fake does not answer, by name and with what it answers", async () => {
    const { DescribeParametersCommand } = await import("@aws-sdk/client-ssm");
    const { name, message } = await refusalOf(
      new FakeSsm().client().send(new DescribeParametersCommand({})),
    );
    expect([name, message.split(".")[0]]).toEqual([
      "UnknownOperationException",
      "FakeSsm does not answer DescribeParameters",
    ]);
  });
});

describe("the journal of the fake", () => {
  it("holds calls and refusals through every adapter", async () => {
    const fake = new FakeSsm();
    await fake.listCommands({});
    await fake.client().send(new ListCommandsCommand({}));
    await refusalOf(fake.sendCommand(REQUEST));
    expect(fake.journal.entries().map(({ type, operation }) => `${type} ${operation}`)).toEqual([
      "call ListCommands",
      "call ListCommands",
      "refusal SendCommand",
    ]);
  });

  it("holds when, on the fake's clock", async () => {
    const fake = new FakeSsm();
    await fake.clock.advance("90s");
    await fake.listCommands({});
    expect(fake.journal.entries()[0]?.at).toBe(fake.clock.now());
  });

  it("prints no parameter unless asked", async () => {
    const { fake } = await aCommandOf({});
    expect(JSON.stringify(fake.journal.entries())).not.toContain("hunter2");
  });
});

describe("a clock of one's own", () => {
  it("is the fake's", () => {
    const clock = new VirtualClock();
    expect(new FakeSsm({ clock }).clock).toBe(clock);
  });

  it("that can only tell the time and sleep runs what is due with the next call", async () => {
    const clock = new ManualClock();
    const nodes = [{ behavior: succeeds({ after: "90s" }) }];
    const fake = new FakeSsm({ clock, nodes, latency: "instant" });
    await fake.sendCommand(REQUEST);
    await clock.sleep("90s");
    expect((await fake.listCommands({})).Commands?.[0]?.Status).toBe("Success");
  });
});

describe("two fakes", () => {
  it("share nothing", async () => {
    const { fake } = await aCommandOf({});
    expect([
      fake.nodes.list().length,
      new FakeSsm().nodes.list().length,
      (await new FakeSsm().listCommands({})).Commands,
    ]).toEqual([1, 0, []]);
  });

  it("with the same seed and the same calls give the same bytes", async () => {
    const story = async () => {
      const fake = new FakeSsm({
        nodes: [{ behavior: ({ random }) => succeeds({ after: `${random()}s` }) }, {}],
      });
      await fake.sendCommand({
        ...REQUEST,
        InstanceIds: fake.nodes.list().map((n) => n.instanceId),
      });
      await fake.clock.advance("1h");
      return JSON.stringify([
        await fake.listCommandInvocations({ Details: true }),
        fake.timeline(),
      ]);
    };
    expect(await story()).toBe(await story());
  });
});
