import { FakeSsm, type NodeOptions, VirtualClock } from "ssm-run-command/fake";
import type { NewCommand } from "../../src/fake/account/command-record.ts";

/** What was counted: questions to the engine, entries put into a queue or taken from it, looks into what is stored. */
export interface Steps {
  engine: number;
  queue: number;
  looks: number;
}

/** A record that counts every look into it, and into the lists that it holds. */
export function countLooks(record: NewCommand, steps: Steps): NewCommand {
  const lists = new WeakMap<object, object>();
  const counting = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(of, name) {
        steps.looks++;
        const value: unknown = Reflect.get(of, name);
        if (!Array.isArray(value)) return value;
        const list = lists.get(value) ?? counting(value);
        lists.set(value, list);
        return list;
      },
    });
  return counting(record);
}

export function totalOf({ engine, queue, looks }: Steps): number {
  return engine + queue + looks;
}

/** What `work` took. */
export async function stepsOf(steps: Steps, work: () => Promise<unknown>): Promise<Steps> {
  const before = { ...steps };
  await work();
  return {
    engine: steps.engine - before.engine,
    queue: steps.queue - before.queue,
    looks: steps.looks - before.looks,
  };
}

/** A fake with so many nodes, all with the tag `Role=web`. */
export function aFleet(size: number, like: (index: number) => NodeOptions): FakeSsm {
  return new FakeSsm({
    latency: "instant",
    clock: new VirtualClock({ skips: false }),
    nodes: Array.from({ length: size }, (_, index) => ({
      ...like(index),
      instanceId: `i-${index.toString(16).padStart(8, "0")}`,
      tags: { Role: "web" },
    })),
  });
}

/** Sends to every node, and returns the command's id. */
export async function sendToAll(
  fake: FakeSsm,
  limits: { readonly MaxConcurrency?: string; readonly MaxErrors?: string } = {},
): Promise<string> {
  const { Command } = await fake.sendCommand({
    DocumentName: "AWS-RunShellScript",
    Parameters: { commands: ["true"] },
    Targets: [{ Key: "tag:Role", Values: ["web"] }],
    ...limits,
  });
  return Command?.CommandId ?? "";
}
