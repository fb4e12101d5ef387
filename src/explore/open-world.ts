import type { CloudWatchOutputConfig } from "@aws-sdk/client-ssm";
import { ssmModule } from "../fake/adapters/sdk/ssm-module.ts";
import { FakeSsm } from "../fake/fake-ssm.ts";
import type { FakeNode } from "../fake/index.ts";
import { outsideBubbles } from "../time/clock.ts";
import type { Duration } from "../time/duration.ts";
import type { Happening, World, WorldFault } from "./world.ts";
import type { WorldTarget } from "./world-argument.ts";
import {
  ALARM,
  besideNodes,
  GROUP,
  isGroup,
  logsConfigOf,
  nodesOf,
  successorOf,
  targetsOf,
} from "./world-parts.ts";

/** A world that a function can run in, once. */
export interface OpenedWorld {
  readonly fake: FakeSsm;
  readonly target: WorldTarget;
  readonly logsConfig: CloudWatchOutputConfig;
}

/** How a world is opened. */
export interface OpenOptions {
  readonly seed: number;
  readonly journalSize?: number | undefined;
  readonly warnAfter?: Duration | undefined;
}

/**
 * Opens a world: what `worldCode` prints, done.
 *
 * @throws TypeError, RangeError or Error for something in it that the fake does not take.
 */
export function openWorld(world: World, options: OpenOptions): OpenedWorld {
  const { latency, pages, settings, hasAlarm = false, faults = [], meanwhile = [] } = world;
  const fake = new FakeSsm({
    ...options,
    ...{ nodes: nodesOf(world), latency, settings },
    ...(pages === undefined ? {} : { pages }),
  });
  if (hasAlarm) fake.alarms.set(ALARM, "OK");
  if (isGroup(world)) {
    const instanceIds = fake.nodes.list().map(({ instanceId }) => instanceId);
    fake.groups.set(GROUP, world.target === "deniedGroup" ? "denied" : { instanceIds });
  }
  for (const fault of faults) orderFault(fake, fault);
  if (meanwhile.length > 0) haveHappen(fake, world, meanwhile);
  return { fake, target: targetIn(fake, world), logsConfig: logsConfigOf() };
}

function targetIn(fake: FakeSsm, world: World): WorldTarget {
  const beside = besideNodes(world);
  if (world.target !== "ids") return { Targets: targetsOf(world), ...beside };
  return { InstanceIds: fake.nodes.list().map(({ instanceId }) => instanceId), ...beside };
}

function orderFault({ faults }: FakeSsm, { type, operation, when }: WorldFault): void {
  // Each type stands beside the `when` of its own method, which the compiler does not follow through a union.
  const order = faults[type] as (operation: WorldFault["operation"], when: object) => unknown;
  order.call(faults, operation, when);
}

/** Begins with the first SendCommand that reaches the service. None of it is the function's: it is outside of its bubble. */
function haveHappen(fake: FakeSsm, world: World, meanwhile: readonly Happening[]): void {
  const nodes = [...fake.nodes.list()];
  const stop = fake.on("SendCommand", () => {
    stop();
    outsideBubbles(() => {
      for (const each of meanwhile) {
        fake.clock
          .sleep(each.after)
          .then(() => happen(each, { fake, nodes, world }))
          // The fake was reset, or a fault struck the other caller.
          .catch(() => {});
      }
    });
  });
}

/** Where something happens: `nodes` has, in the place of each node of the world, the one that is there now. */
interface Scene {
  readonly fake: FakeSsm;
  readonly nodes: FakeNode[];
  readonly world: World;
}

function happen(happening: Happening, { fake, nodes, world }: Scene): void | Promise<void> {
  switch (happening.type) {
    case "goesOffline":
      return nodes[happening.node]?.goOffline();
    case "comesBack":
      return nodes[happening.node]?.comeBack();
    case "isUndeliverable":
      return nodes[happening.node]?.failDelivery();
    case "isRemoved":
      return nodes[happening.node]?.remove();
    case "isReplaced": {
      const options = nodesOf(world)[happening.node];
      if (options === undefined) return;
      nodes[happening.node]?.remove();
      nodes[happening.node] = fake.nodes.add(successorOf(options));
      return;
    }
    case "anotherCancels":
      return cancelAll(fake);
    case "alarmGoesOff":
      return fake.alarms.set(ALARM, "ALARM");
    case "alarmIsUnknown":
      return fake.alarms.set(ALARM, "UNKNOWN");
  }
}

/** What another caller does, with a client of its own. */
async function cancelAll(fake: FakeSsm): Promise<void> {
  const { CancelCommandCommand, paginateListCommands } = ssmModule();
  const client = fake.client();
  for await (const { Commands = [] } of paginateListCommands({ client }, {})) {
    for (const { CommandId } of Commands)
      await client.send(new CancelCommandCommand({ CommandId }));
  }
}
