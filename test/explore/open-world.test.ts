import { ListCommandsCommand, SendCommandCommand } from "@aws-sdk/client-ssm";
import { fails, hangs, succeeds } from "ssm-run-command/fake";
import { inVirtualTime } from "ssm-run-command/fake/node";
import { describe, expect, it, vi } from "vitest";
import { openWorld } from "../../src/explore/open-world.ts";
import type { Happening, World } from "../../src/explore/world.ts";

function open(world: Partial<World>) {
  const opened = openWorld({ name: "a world", nodes: [{}], ...world }, { seed: 7 });
  const { fake, target } = opened;
  const send = () =>
    fake.client().send(
      new SendCommandCommand({
        DocumentName: "AWS-RunShellScript",
        Parameters: { commands: ["make"] },
        ...target,
      }),
    );
  const details = async () =>
    (await fake.listCommandInvocations({})).CommandInvocations?.map((each) => each.StatusDetails);
  return { ...opened, send, details };
}

const AFTER_5S = { after: "5s" } as const;

describe("a world that is opened", () => {
  it("has a target that is a tag, which all its nodes have", () => {
    const { fake, target } = open({ nodes: [{}, { tags: { Env: "prod" } }] });
    expect(target).toEqual({ Targets: [{ Key: "tag:Role", Values: ["web"] }] });
    expect(fake.nodes.list().map(({ tags }) => tags)).toEqual([
      { Role: "web" },
      { Role: "web", Env: "prod" },
    ]);
  });

  it("leaves a node out of the target whose own tag says so", async () => {
    const { send, details, fake } = open({ nodes: [{ tags: { Role: "db" } }, {}] });
    await send();
    await fake.clock.sleep("1m");
    expect(await details()).toEqual(["Success"]);
  });

  it("has a target of the ids, which are those of the nodes", () => {
    const { target, fake } = open({
      nodes: [{}, { instanceId: "i-0123456789abcdef0" }],
      target: "ids",
    });
    expect(target).toEqual({ InstanceIds: ["i-00000000000000001", "i-0123456789abcdef0"] });
    expect(fake.nodes.list().map(({ tags }) => tags)).toEqual([{}, {}]);
  });

  it("has its limits and its alarm in the target", async () => {
    const { target, send } = open({
      limits: { MaxConcurrency: "1", MaxErrors: "2" },
      hasAlarm: true,
    });
    expect(target).toMatchObject({
      MaxConcurrency: "1",
      MaxErrors: "2",
      AlarmConfiguration: { Alarms: [{ Name: "explored" }] },
    });
    expect((await send()).Command?.Status).toBe("Pending");
  });

  it("asks for output in a log group", () => {
    expect(open({}).logsConfig).toEqual({
      CloudWatchOutputEnabled: true,
      CloudWatchLogGroupName: "/ssm/explored",
    });
  });

  it("has the latency, the settings, and the options of the fake that it is opened with", () => {
    const world: World = { name: "", nodes: [{}], latency: "worst", settings: { agentWorkers: 1 } };
    expect(() => openWorld(world, { seed: 7, journalSize: 0, warnAfter: "1s" })).not.toThrow();
    expect(() => openWorld(world, { seed: 7, journalSize: -1 })).toThrow(/journalSize/);
    const wrong = { name: "", nodes: [], settings: { agentWorker: 1 } };
    expect(() => openWorld(wrong as World, { seed: 7 })).toThrow(/agentWorkers/);
  });

  it("has faults, each by its method", async () => {
    const { fake, send } = open({
      faults: [
        { type: "throttle", operation: "SendCommand", when: { times: 2 } },
        { type: "denyAccess", operation: "ListCommands", when: { every: 1 } },
      ],
    });
    await send();
    await expect(fake.client().send(new ListCommandsCommand({}))).rejects.toThrow(/not authorized/);
    expect(fake.faults.unused()).toEqual([]);
  });

  it.each<[Happening["type"], string]>([
    ["isUndeliverable", "Undeliverable"],
    ["isRemoved", "Undeliverable"],
    ["isReplaced", "Undeliverable"],
    ["anotherCancels", "Cancelled"],
    ["alarmGoesOff", "Terminated"],
    ["goesOffline", "InProgress"],
    ["comesBack", "InProgress"],
  ])("lets it happen that %s", async (type, expected) => {
    // A happening of any type may have a node that says nothing.
    const happening = { type, node: 0, ...AFTER_5S } as Happening;
    const world = open({ nodes: [{ behavior: hangs() }], hasAlarm: true, meanwhile: [happening] });
    await world.send();
    await world.fake.clock.sleep("4s");
    expect(await world.details()).toEqual(["InProgress"]);
    await world.fake.clock.sleep("2m");
    expect(await world.details()).toEqual([expected]);
    expect(world.fake.nodes.list()[0]?.agent).toBe(
      { goesOffline: "unreachable", isUndeliverable: "undeliverable" }[String(type)] ??
        (type === "isRemoved" ? undefined : "online"),
    );
  });

  it("counts what happens from the first SendCommand that reaches the service", async () => {
    const { fake, send } = open({
      faults: [{ type: "throttle", operation: "SendCommand", when: { until: "10s" } }],
      meanwhile: [{ type: "goesOffline", node: 0, ...AFTER_5S }],
    });
    await expect(send()).rejects.toThrow("Rate exceeded");
    await fake.clock.sleep("1m");
    expect(fake.nodes.list()[0]?.agent).toBe("online");
    await send();
    await fake.clock.sleep("6s");
    expect(fake.nodes.list()[0]?.agent).toBe("unreachable");
    fake.nodes.list()[0]?.comeBack();
    await send();
    await fake.clock.sleep("1m");
    expect(fake.nodes.list()[0]?.agent).toBe("online");
  });

  it("has a new node like it in the place of one that is replaced", async () => {
    const { fake, send } = open({
      nodes: [{ instanceId: "i-0123456789abcdef0", name: "first" }, { name: "second" }],
      meanwhile: [
        { type: "isReplaced", node: 0, after: "5s" },
        { type: "goesOffline", node: 0, after: "10s" },
      ],
    });
    await send();
    await fake.clock.sleep("1m");
    expect(fake.nodes.list().map(({ name, agent, tags }) => [name, agent, tags])).toEqual([
      ["second", "online", { Role: "web" }],
      ["first", "unreachable", { Role: "web" }],
    ]);
    expect(fake.nodes.get("i-0123456789abcdef0")).toBeUndefined();
  });

  it("has another caller whose calls are tried again, and may fail", async () => {
    const world = {
      nodes: [{ behavior: hangs() }],
      meanwhile: [{ type: "anotherCancels", ...AFTER_5S }],
    } as const;
    for (const [times, expected] of [
      [2, "Cancelled"],
      [99, "InProgress"],
    ] as const) {
      const when = { times };
      const { fake, send, details } = open({
        ...world,
        faults: [{ type: "throttle", operation: "CancelCommand", when }],
      });
      await send();
      await fake.clock.sleep("2m");
      expect(await details()).toEqual([expected]);
    }
  });

  it("goes on when the function and its bubble have ended, and says nothing of it", async () => {
    const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
    const { fake, send, details } = open({
      nodes: [{ behavior: hangs() }],
      meanwhile: [{ type: "anotherCancels", ...AFTER_5S }],
    });
    await inVirtualTime(fake, () => send());
    await fake.clock.sleep("1m");
    expect(await details()).toEqual(["Cancelled"]);
    expect(warned).not.toHaveBeenCalled();
  });

  it("can be reset while something has yet to happen", async () => {
    const { fake, send } = open({ meanwhile: [{ type: "isRemoved", node: 0, after: "1h" }] });
    await send();
    await fake.reset();
    await fake.clock.sleep("2h");
    expect(fake.nodes.list()).toHaveLength(1);
  });

  it("does not change the world, and is the same each time", async () => {
    const world: World = Object.freeze({
      name: "a world",
      nodes: Object.freeze([
        Object.freeze({ behavior: fails() }),
        { behavior: succeeds({ after: "9s" }) },
      ]),
      meanwhile: Object.freeze([{ type: "isReplaced", node: 1, ...AFTER_5S } as const]),
    });
    const [first, second] = [open(world), open(world)];
    for (const { send, fake } of [first, second]) {
      await send();
      await fake.clock.sleep("1m");
    }
    expect(second.fake.timeline()).toBe(first.fake.timeline());
    expect(openWorld(world, { seed: 8 }).fake.random()).not.toBe(
      openWorld(world, { seed: 7 }).fake.random(),
    );
  });
});
