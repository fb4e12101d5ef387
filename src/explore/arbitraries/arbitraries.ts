import type * as fc from "fast-check";
import { checkOptions, type OptionTable } from "../../domain/options.ts";
import type { AgentBehavior, NodeOptions } from "../../fake/index.ts";
import { seedOf } from "../../time/random.ts";
import { checkCount, SIZE_OPTIONS, type WorldSize } from "../explore-options.ts";
import { behaviorShape } from "../random/behavior-shapes.ts";
import { fleetShape } from "../random/fleet-shape.ts";
import { mapped } from "../random/shape.ts";
import { sizeOf, worldShape } from "../random/world-shape.ts";
import type { World } from "../world.ts";
import { arbitraryOf } from "./arbitrary-of.ts";

/**
 * How large a fleet gets at most.
 *
 * @inline
 */
export type FleetSize = {
  /** Nodes. @default 10 */
  readonly nodes?: number | undefined;
};

/** The options of `fleets()`. */
export const FLEET_OPTIONS = { nodes: "a number" } as const satisfies OptionTable<FleetSize>;

/**
 * What processes on a node do, for properties of fast-check: success, mostly, after no time or after hours, exit codes, signals,
 * reboots, scripts that hang or do not start, agents that fall silent, and output about as long as each limit. Plain data; a
 * failing one becomes simpler, down to success at once. Our decision, like the weights of all of it.
 *
 * @example
 * ```ts
 * import * as fc from "fast-check";
 *
 * await fc.assert(
 *   fc.asyncProperty(behaviors(), async (behavior) => {
 *     const fake = new FakeSsm({ nodes: [{ behavior, tags: { Role: "web" } }] });
 *     const outcome = await deploy(fake); // ends, whatever the node does
 *     return outcome.invocations.length === 1;
 *   }),
 *   { numRuns: 5 },
 * );
 * ```
 */
export function behaviors(): fc.Arbitrary<AgentBehavior> {
  return arbitraryOf(behaviorShape());
}

/**
 * Nodes of an account, as the option `nodes` of `FakeSsm`, for properties of fast-check: none or some, many of which succeed, and
 * a few that fail, wait, cannot be reached, are stopped, or are of another platform. A failing fleet becomes smaller.
 *
 * SendCommand refuses ids of nodes that are stopped, denied, or of another platform than the document; give the nodes tags, and
 * name those.
 *
 * @param options - `nodes`, how many there are at most. @default 10
 * @throws TypeError for an option that is not valid.
 *
 * @example
 * ```ts
 * import * as fc from "fast-check";
 *
 * const property = fc.property(fleets({ nodes: 3 }), (nodes) => new FakeSsm({ nodes }).nodes.list().length <= 3);
 * fc.check(property).failed; //=> false
 * ```
 */
export function fleets(options: FleetSize = {}): fc.Arbitrary<readonly NodeOptions[]> {
  checkSize(options, FLEET_OPTIONS, "fleets()");
  return arbitraryOf(fleetShape(sizeOf(options)));
}

/**
 * Worlds for properties of fast-check: those that `explore` has at random, from the same generator. A failing one becomes simpler
 * by what fast-check does: fewer nodes, faults and happenings, less of all else, shorter times. Hand it to `explore` alone, in
 * `worlds`.
 *
 * @param options - The most of each: `nodes`, `faults`, `happenings`. @default { nodes: 10, faults: 2, happenings: 2 }
 * @throws TypeError for an option that is not valid.
 *
 * @example
 * ```ts
 * import * as fc from "fast-check";
 *
 * const isRight = async (world: World) =>
 *   (await explore(({ ssm, target }) => deploy(ssm, target), { worlds: [world] })).wrong.length === 0;
 * await fc.assert(fc.asyncProperty(worlds({ nodes: 3 }), isRight), { numRuns: 5 });
 * ```
 */
export function worlds(options: WorldSize = {}): fc.Arbitrary<World> {
  checkSize(options, SIZE_OPTIONS, "worlds()");
  return arbitraryOf(mapped(worldShape(sizeOf(options), "a world of fast-check"), named));
}

/** A name by which worlds that stand in one array can be told apart: with a fingerprint of what they are. */
function named(world: World): World {
  const print = seedOf(JSON.stringify(world)).toString(16).padStart(8, "0");
  return { ...world, name: `${world.name} ${print}` };
}

function checkSize(options: WorldSize, table: OptionTable<object>, place: string): void {
  checkOptions(options, table, place);
  for (const [name, count] of Object.entries(options)) {
    if (count !== undefined) checkCount(count, `${name} of ${place}`);
  }
}
