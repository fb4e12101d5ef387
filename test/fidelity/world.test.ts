import { describe, expect, it } from "vitest";
import { placeholder, readyCase, sendStep } from "./a-case.ts";
import { nodesOf } from "./case-nodes.ts";
import { ROADS } from "./roads.ts";
import { runCase } from "./run-case.ts";
import { createWorld } from "./world.ts";

const instanceId = "i-0b3d5f7a9c1e40001";
const read = (at: string, answer: object) => ({
  at,
  call: "GetCommandInvocation",
  input: { CommandId: placeholder("sent.Command.CommandId"), InstanceId: placeholder("nodes.0") },
  answer,
});

/** Why a case with these nodes and steps fails, by each of the roads. */
async function failures(over: object): Promise<readonly (string | undefined)[]> {
  const value = readyCase(over);
  return Promise.all(
    ROADS.map(async (road) => {
      const world = await createWorld(value, road);
      return runCase(value, world).finally(() => world.close());
    }),
  );
}

const PASSES = ROADS.map(() => undefined);

describe("the nodes of a case", () => {
  it("are as many as it counts, with ids that go up by one and carry over", () => {
    const nodes = nodesOf({ nodes: [{ instanceId: "i-0fffffffffffffffe", count: 3 }] });
    expect(nodes.map((node) => node.instanceId)).toEqual([
      "i-0fffffffffffffffe",
      "i-0ffffffffffffffff",
      "i-10000000000000000",
    ]);
  });

  it("come back when they were said to, and take what waits", async () => {
    const nodes = [{ instanceId, agent: { unreachableUntil: "20s" } }];
    const steps = [
      sendStep(),
      read("19999ms", { StatusDetails: "Delayed" }),
      read("20s", { StatusDetails: "Success" }),
    ];
    expect(await failures({ nodes, steps })).toEqual(PASSES);
  });

  it("begin their runs again with every command", async () => {
    const nodes = [{ instanceId, runs: { inTurn: [{ exitCode: 3 }, {}] } }];
    const steps = [
      sendStep(),
      read("1s", { ResponseCode: 3 }),
      sendStep({ at: "1s" }),
      read("2s", { ResponseCode: 3 }),
    ];
    expect(await failures({ nodes, steps })).toEqual(PASSES);
  });

  it("run again after a reboot what comes next in turn", async () => {
    const runs = { inTurn: [{ exitCode: 194, rebootTakes: "30s" }, { stdout: "up\n" }] };
    const steps = [
      sendStep(),
      read("29s", { Status: "InProgress" }),
      read("30s", { Status: "Success", StandardOutputContent: "up\n" }),
    ];
    expect(await failures({ nodes: [{ instanceId, runs }], steps })).toEqual(PASSES);
  });

  it("keep what they had written when they are killed", async () => {
    const stdout = [
      { after: "1s", text: "a" },
      { after: "5s", text: "b" },
    ];
    const nodes = [{ instanceId, runs: { takes: "3s", killedBySignal: "terminated", stdout } }];
    const answer = {
      ResponseCode: -1,
      StandardOutputContent: "a",
      StandardErrorContent: { $endsWith: "signal: terminated" },
    };
    expect(await failures({ nodes, steps: [sendStep(), read("3s", answer)] })).toEqual(PASSES);
  });
});

describe("a change", () => {
  it("gives a node its new tags, all of them", async () => {
    const byTag = (at: string, key: string, count: number) => [
      sendStep({
        at,
        input: {
          DocumentName: "AWS-RunShellScript",
          Parameters: { commands: ["true"] },
          Targets: [{ Key: "tag-key", Values: [key] }],
        },
        answer: { Command: { CommandId: { $any: true } } },
      }),
      {
        at,
        call: "ListCommands",
        input: { CommandId: placeholder("sent.Command.CommandId") },
        answer: { Commands: [{ TargetCount: count }] },
      },
    ];
    const change = { at: "1s", change: { node: placeholder("nodes.0"), tags: { new: "1" } } };
    const steps = [
      ...byTag("0s", "old", 1),
      change,
      ...byTag("1s", "old", 0),
      ...byTag("1s", "new", 1),
    ];
    expect(await failures({ nodes: [{ instanceId, tags: { old: "1" } }], steps })).toEqual(PASSES);
  });

  it("of an agent drops the time at which it was to come back", async () => {
    const nodes = [{ instanceId, agent: { unreachableUntil: "20s" } }];
    const change = { at: "10s", change: { node: placeholder("nodes.0"), agent: "unreachable" } };
    const steps = [sendStep(), change, read("30s", { StatusDetails: "Delayed" })];
    expect(await failures({ nodes, steps })).toEqual(PASSES);
  });

  it("of a node that is not there is an error", async () => {
    const steps = [{ at: "0s", change: { node: instanceId, state: "stopped" } }, sendStep()];
    const why = `step 1 at 0s, change: The case has no node ${instanceId} to change.`;
    expect(await failures({ steps })).toEqual(ROADS.map(() => why));
  });
});

describe("an account", () => {
  it("whose caller may list no resource group denies those that do not exist, too", async () => {
    const input = {
      DocumentName: "AWS-RunShellScript",
      Parameters: { commands: ["true"] },
      Targets: [{ Key: "resource-groups:Name", Values: ["elsewhere"] }],
    };
    const steps = [
      sendStep({ input, answer: { Command: { CommandId: { $any: true } } } }),
      { at: "1s", list: "ListCommands", input: {}, groups: { AccessDenied: { count: 1 } } },
    ];
    const account = { denied: ["resource-groups:ListGroupResources"] };
    expect(await failures({ account, steps })).toEqual(PASSES);
  });
});

describe("a refusal without a text", () => {
  it("has no message by any road, whatever the SDK prints", async () => {
    const input = { DocumentName: "Missing", InstanceIds: placeholder("nodes") };
    const refused = { name: "InvalidDocument", message: null };
    const steps = [{ at: "0s", call: "SendCommand", input, refused }];
    expect(await failures({ nodes: [{ instanceId }], steps })).toEqual(PASSES);
  });
});
