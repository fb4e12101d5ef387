import { describe, expect, it } from "vitest";
import {
  type AgentBehavior,
  FakeSsm,
  type FakeSsmOptions,
  hangs,
  inOrder,
  type PluginRun,
  reboots,
  succeeds,
} from "../../../src/fake/index.ts";
import { runsInShell } from "../../../src/fake/node.ts";
import { DRIVEN } from "../../../src/time/clock.ts";
import { gate } from "../../support/gate.ts";

/** A node that was sent some commands, one after the other. */
async function busy(
  count: number,
  behavior: AgentBehavior,
  { timeoutSeconds, ...options }: FakeSsmOptions & { readonly timeoutSeconds?: number } = {},
) {
  const fake = new FakeSsm({ latency: "instant", ...options });
  const node = fake.nodes.add({ behavior });
  const send = async () => {
    const { Command } = await fake.sendCommand({
      DocumentName: "AWS-RunShellScript",
      InstanceIds: [node.instanceId],
      Parameters: { commands: ["true"] },
      ...(timeoutSeconds === undefined ? {} : { TimeoutSeconds: timeoutSeconds }),
    });
    return Command!.CommandId!;
  };
  const ids: string[] = [];
  while (ids.length < count) ids.push(await send());
  const detail = async (CommandId: string) => {
    const read = { CommandId, InstanceId: node.instanceId };
    return (await fake.getCommandInvocation(read)).StatusDetails;
  };
  const details = () => Promise.all(ids.map(detail));
  return { fake, node, ids, send, detail, details };
}

/** When processes started, in seconds after the first. */
function starting(behavior: AgentBehavior, fake: () => FakeSsm) {
  const at: number[] = [];
  const counted = (run: PluginRun) => {
    at.push(fake().clock.now() / 1_000);
    return typeof behavior === "function" ? behavior(run) : (behavior as ReturnType<typeof hangs>);
  };
  return { counted, at: () => at.map((each) => each - at[0]!) };
}

const times = <T>(count: number, value: T) => Array.from({ length: count }, () => value);

describe("an agent", () => {
  it("runs five documents at a time and starts the others as the first end, oldest first", async () => {
    let fake = new FakeSsm({ latency: "instant" });
    const { counted, at } = starting(succeeds({ after: "7s" }), () => fake);
    const story = busy(10, counted);
    ({ fake } = await story);
    const { details } = await story;
    expect(await details()).toEqual(times(10, "InProgress"));
    await fake.clock.advance("1m");
    expect(at()).toEqual([...times(5, 0), ...times(5, 7)]);
    expect(await details()).toEqual(times(10, "Success"));
  });

  it("starts those that it holds in the order in which they came", async () => {
    const started: string[] = [];
    const { fake, ids } = await busy(10, ({ commandId }) => {
      started.push(commandId);
      return succeeds({ after: `${20 - started.length}s` });
    });
    await fake.clock.advance("2m");
    expect(started).toEqual(ids);
  });

  it("takes all that it holds with one free worker, when they take no time", async () => {
    const behaviors = [...times(5, hangs()), succeeds()];
    const { fake, ids, details } = await busy(10, inOrder(...behaviors));
    await fake.cancelCommand({ CommandId: ids[4] });
    await fake.clock.advance("1s");
    expect(await details()).toEqual([
      ...times(4, "InProgress"),
      "Cancelled",
      ...times(5, "Success"),
    ]);
  });

  it("has a place again when one that it holds is cancelled", async () => {
    const { fake, ids, details } = await busy(11, hangs());
    await fake.cancelCommand({ CommandId: ids[6] });
    await fake.clock.advance("11s");
    expect((await details()).at(-1)).toBe("InProgress");
  });

  it("is offered the eleventh until it has a place", async () => {
    const { fake, details } = await busy(11, succeeds({ after: "25s" }));
    const seen = [];
    for (const passed of ["21s", "8s", "2s"] as const) {
      await fake.clock.advance(passed);
      seen.push((await details()).at(-1));
    }
    expect(seen).toEqual(["Delayed", "Delayed", "InProgress"]);
  });

  it("costs nothing while it is full", async () => {
    const { fake, details } = await busy(12, hangs(), { timeoutSeconds: 2_592_000 });
    let wakes = 0;
    const { wakeAt } = fake.clock[DRIVEN];
    fake.clock[DRIVEN].wakeAt = (...given) => {
      wakes++;
      return wakeAt(...given);
    };
    await fake.clock.advance("50m");
    expect([wakes < 20, (await details()).at(-1)]).toEqual([true, "Delayed"]);
  });

  it("does not take the eleventh, which shows as Delayed and is offered again every 10 s", async () => {
    let fake = new FakeSsm({ latency: "instant" });
    const { counted, at } = starting(succeeds({ after: "7s" }), () => fake);
    const story = await busy(11, counted);
    ({ fake } = story);
    const seen = [];
    // At 7 s it would have a place.
    for (const passed of ["2s", "2s", "5s", "2s", "10s"] as const) {
      await fake.clock.advance(passed);
      seen.push((await story.details()).at(-1));
    }
    expect([seen, at().at(-1)]).toEqual([
      ["InProgress", "Delayed", "Delayed", "InProgress", "Success"],
      14,
    ]);
  });

  it("lets the eleventh expire when it has no place until then", async () => {
    const { fake, details } = await busy(11, hangs(), { timeoutSeconds: 30 });
    await fake.clock.advance("29s");
    expect((await details()).at(-1)).toBe("Delayed");
    await fake.clock.advance("2h");
    expect((await details()).at(-1)).toBe("DeliveryTimedOut");
  });

  it("says in the timeline why it does not take one", async () => {
    const { fake, ids } = await busy(11, hangs());
    expect(fake.timeline({ commandId: ids.at(-1)! })).toMatch(
      /note +The agent is full \(5 running, 5 held\), so the command stays undelivered for now\.$/m,
    );
  });

  it("never runs one that expires in its queue", async () => {
    let starts = 0;
    const behavior = inOrder(...times(5, hangs()), () => {
      starts++;
      return succeeds();
    });
    const document = { schemaVersion: "2.2", mainSteps: [STEP] };
    const { fake, node, details } = await busy(5, behavior);
    await fake.documents.add("Brief", document);
    const { Command } = await fake.sendCommand({
      ...{ DocumentName: "Brief", InstanceIds: [node.instanceId], TimeoutSeconds: 30 },
    });
    await fake.clock.advance("3h");
    const read = { CommandId: Command?.CommandId, InstanceId: node.instanceId };
    const { StatusDetails } = await fake.getCommandInvocation(read);
    expect([StatusDetails, starts, await details()]).toEqual([
      ...["DeliveryTimedOut", 0],
      times(5, "ExecutionTimedOut"),
    ]);
  });

  it("never starts one that is cancelled in its queue, however late a cancel is", async () => {
    const starts: string[] = [];
    const { fake, ids } = await busy(
      6,
      ({ commandId }) => {
        starts.push(commandId);
        return succeeds({ after: "5s" });
      },
      { latency: { cancelLatency: "9s" } },
    );
    await fake.cancelCommand({ CommandId: ids[5] });
    await fake.clock.advance("1m");
    expect(starts).toEqual(ids.slice(0, 5));
  });

  it("drops what is cancelled in its queue, and what it has not taken", async () => {
    const { fake, ids, details } = await busy(11, hangs());
    await fake.cancelCommand({ CommandId: ids[7] });
    await fake.cancelCommand({ CommandId: ids[10] });
    await fake.clock.advance("1s");
    const seen = await details();
    expect([seen[7], seen[10]]).toEqual(["Cancelled", "Cancelled"]);
  });

  it("starts the next when a running one is cancelled", async () => {
    const { fake, ids, details } = await busy(6, inOrder(...times(5, hangs()), succeeds()));
    await fake.cancelCommand({ CommandId: ids[0] });
    await fake.clock.advance("1s");
    expect(await details()).toEqual(["Cancelled", ...times(4, "InProgress"), "Success"]);
  });

  it("keeps a worker busy while its node reboots", async () => {
    const { fake, details } = await busy(6, reboots({ takes: "1m", then: hangs() }));
    await fake.clock.advance("30s");
    expect(await details()).toEqual(times(6, "InProgress"));
  });

  it("has a free worker again after one that it is not heard of again", async () => {
    const { fake, details } = await busy(
      ...([12, inOrder(...times(11, { type: "neverReplies" } as const), succeeds())] as const),
    );
    await fake.clock.advance("1s");
    expect((await details()).at(-1)).toBe("Success");
  });

  it.each<[string, AgentBehavior]>([
    [
      "throws",
      () => {
        throw new Error("No idea.");
      },
    ],
    ["rejects", () => Promise.reject(new Error("No idea."))],
    [
      "is real work that fails",
      { type: "inRealTime", run: () => Promise.reject(new Error("No.")) },
    ],
    ["returns what is no result", () => ({ type: "byPlugin" }) as never],
  ])("has a free worker again after a behavior that %s", async (_, behavior) => {
    const { fake, node, send, detail } = await busy(0, behavior);
    for (let count = 0; count < 11; count++) {
      await send();
      await fake.clock.sleep("1s");
      await fake.listCommands({}).catch(() => {});
    }
    node.behavior = succeeds();
    const id = await send();
    await fake.clock.sleep("1s");
    expect(await detail(id)).toBe("Success");
  });

  it("starts nothing any more when its node is removed", async () => {
    const starts: string[] = [];
    const { fake, node, details } = await busy(10, ({ commandId }) => {
      starts.push(commandId);
      return hangs();
    });
    await fake.clock.advance("1s");
    node.remove();
    await fake.clock.advance("1m");
    expect([starts.length, await details()]).toEqual([5, times(10, "Undeliverable")]);
  });

  it("goes on with what it holds when its node cannot be reached any more", async () => {
    const { fake, node, details } = await busy(6, succeeds({ after: "5s" }));
    node.goOffline();
    await fake.clock.advance("1m");
    expect(await details()).toEqual(times(6, "Success"));
  });

  it("takes the eleventh when its node comes back, once it has a place", async () => {
    const { fake, node, details } = await busy(11, succeeds({ after: "25s" }));
    node.goOffline();
    await fake.clock.advance("1m");
    const away = (await details()).at(-1);
    node.comeBack();
    await fake.clock.advance("30s");
    expect([away, (await details()).at(-1)]).toEqual(["Delayed", "Success"]);
  });

  it("makes no difference to the agents of other nodes", async () => {
    const { fake, details } = await busy(5, hangs());
    const other = fake.nodes.add({});
    const { Command } = await fake.sendCommand({
      DocumentName: "AWS-RunShellScript",
      InstanceIds: [other.instanceId],
      Parameters: { commands: ["true"] },
    });
    await fake.clock.advance("1s");
    const read = { CommandId: Command?.CommandId, InstanceId: other.instanceId };
    expect([(await fake.getCommandInvocation(read)).StatusDetails, await details()]).toEqual([
      "Success",
      times(5, "InProgress"),
    ]);
  });

  it("has nothing to do any more after a reset", async () => {
    const { fake, send } = await busy(11, hangs());
    await fake.reset();
    fake.nodes.add({});
    const { instanceId } = fake.nodes.list()[0]!;
    const CommandId = await send();
    await fake.clock.advance("1s");
    const { StatusDetails } = await fake.getCommandInvocation({
      CommandId,
      InstanceId: instanceId,
    });
    expect(StatusDetails).toBe("Success");
  });

  it("runs five shells at a time, too", async () => {
    const shell = runsInShell();
    let [now, most] = [0, 0];
    const sent = gate();
    const { fake, details } = await busy(10, {
      type: "inRealTime",
      run: async (run) => {
        most = Math.max(most, ++now);
        await sent.opened;
        const result = await shell.run(run);
        now--;
        return result;
      },
    });
    sent.open();
    for (;;) {
      const seen = await details();
      if (seen.every((detail) => detail === "Success")) break;
      await fake.clock.sleep("20ms");
    }
    expect(most).toBe(5);
  });
});

const STEP = {
  ...{ name: "step", action: "aws:runShellScript" },
  inputs: { runCommand: ["true"], timeoutSeconds: "60" },
};

describe("a setting of agents", () => {
  it("is the default where it is undefined", async () => {
    const settings = { agentWorkers: undefined, agentQueue: undefined } as object;
    const { fake, details } = await busy(2, succeeds(), { settings });
    await fake.clock.advance("1s");
    expect(await details()).toEqual(["Success", "Success"]);
  });

  it.each([
    [
      { agentWorkers: 0 },
      "settings.agentWorkers is 0. Give it a whole number of documents, 1 or more.",
    ],
    [{ agentWorkers: 1.5 }, "settings.agentWorkers is 1.5."],
    [{ agentQueue: Number.POSITIVE_INFINITY }, "settings.agentQueue is Infinity."],
    [
      { agentQueue: -1 },
      "settings.agentQueue is -1. Give it a whole number of documents, 0 or more.",
    ],
  ])("that is no number of documents is refused: %j", (settings, message) => {
    expect(() => new FakeSsm({ latency: "instant", settings })).toThrow(message);
  });
});
