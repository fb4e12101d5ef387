import { type FakeSsm, fails, hangs, type NodeOptions, succeeds } from "ssm-run-command/fake";
import { describe, expect, it, vi } from "vitest";
import type * as records from "../../src/fake/account/command-record.ts";
import type * as invocations from "../../src/fake/engine/invocation.ts";
import type * as rollouts from "../../src/fake/engine/rollout.ts";
import type * as queues from "../../src/time/due-queue.ts";
import { aFleet, countLooks, type Steps, sendToAll, stepsOf, totalOf } from "./counted-steps.ts";

const steps: Steps = vi.hoisted(() => ({ engine: 0, queue: 0, looks: 0 }));
const planted = vi.hoisted(() => ({ recount: false }));

vi.mock("../../src/fake/engine/invocation.ts", async (importActual) => {
  const actual = await importActual<typeof invocations>();
  const nextInvocation: typeof actual.nextInvocation = (invocation, event) => {
    steps.engine++;
    return actual.nextInvocation(invocation, event);
  };
  return { ...actual, nextInvocation };
});
vi.mock("../../src/fake/engine/rollout.ts", async (importActual) => {
  const actual = await importActual<typeof rollouts>();
  const moved: typeof actual.moved = (rollout, move) => {
    // What a rollout would cost that counts its invocations again after every move.
    steps.engine += planted.recount ? rollout.total : 1;
    return actual.moved(rollout, move);
  };
  const nextRollout: typeof actual.nextRollout = (rollout, rules) => {
    steps.engine++;
    return actual.nextRollout(rollout, rules);
  };
  return { ...actual, moved, nextRollout };
});
vi.mock("../../src/time/due-queue.ts", async (importActual) => {
  const actual = await importActual<typeof queues>();
  class DueQueue<T extends queues.Due> extends actual.DueQueue<T> {
    override push(entry: T): void {
      steps.queue++;
      super.push(entry);
    }
    override shift(): T | undefined {
      steps.queue++;
      return super.shift();
    }
  }
  return { ...actual, DueQueue };
});
vi.mock("../../src/fake/account/command-record.ts", async (importActual) => {
  const actual = await importActual<typeof records>();
  const newCommandRecord: typeof actual.newCommandRecord = (request, options) =>
    countLooks(actual.newCommandRecord(request, options), steps);
  return { ...actual, newCommandRecord };
});

/** How much more a node of a large fleet may cost: a binary search over ten times as many ids, and nothing else. */
const ALLOWED_GROWTH = 1.25;

interface Story {
  readonly node: (index: number) => NodeOptions;
  readonly limits?: { readonly MaxConcurrency?: string; readonly MaxErrors?: string };
  readonly live: (fake: FakeSsm, commandId: string) => Promise<unknown>;
}

/** What a node does, and how its command is brought to its end. */
const STORIES: Readonly<Record<string, Story>> = {
  "succeeds at an instant of its own, through a window of 10 %": {
    node: (index) => ({ behavior: succeeds({ after: `${1_000 + index}ms` }) }),
    limits: { MaxConcurrency: "10%" },
    live: (fake) => fake.clock.advance("10m"),
  },
  "takes no time, one after the other": {
    node: () => ({ behavior: succeeds() }),
    limits: { MaxConcurrency: "1" },
    live: (fake) => fake.clock.advance("1s"),
  },
  "fails until the budget is spent, and the rest is Terminated": {
    node: () => ({ behavior: fails({ after: "1s" }) }),
    limits: { MaxConcurrency: "10", MaxErrors: "50%" },
    live: (fake) => fake.clock.advance("1h"),
  },
  "cannot be reached until its command expires": {
    node: () => ({ agent: "unreachable" }),
    limits: { MaxConcurrency: "100%" },
    live: (fake) => fake.clock.advance("3h"),
  },
  "is cancelled while it runs": {
    node: () => ({ behavior: hangs() }),
    limits: { MaxConcurrency: "50%" },
    live: async (fake, commandId) => {
      await fake.clock.advance("1s");
      await fake.cancelCommand({ CommandId: commandId });
      await fake.clock.advance("1s");
    },
  },
};

describe("the steps for a node do not grow with the fleet", () => {
  it.each(Object.entries(STORIES))(
    "that %s",
    async (_, story) => {
      expect(await growthOf(story)).toBeLessThan(ALLOWED_GROWTH);
    },
    180_000,
  );

  it("and a rollout that recounts after every move would be noticed", async () => {
    planted.recount = true;
    const growth = await growthOf(Object.values(STORIES)[0]!).finally(() => {
      planted.recount = false;
    });
    expect(growth).toBeGreaterThan(ALLOWED_GROWTH);
  }, 180_000);
});

/** How many times as much a node costs among 10,000 as among 1,000. */
async function growthOf(story: Story): Promise<number> {
  return (await stepsPerNode(10_000, story)) / (await stepsPerNode(1_000, story));
}

async function stepsPerNode(size: number, { node, limits, live }: Story): Promise<number> {
  const fake = aFleet(size, node);
  const taken = await stepsOf(steps, async () => {
    const commandId = await sendToAll(fake, limits);
    await live(fake, commandId);
    await fake.listCommands({ CommandId: commandId });
  });
  return totalOf(taken) / size;
}
