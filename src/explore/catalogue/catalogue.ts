import type { World } from "../world.ts";
import { worldsOfFleets } from "./fleets.ts";
import { worldsOfHappenings } from "./meanwhile.ts";
import { worldsOfOneNode } from "./one-node.ts";
import { worldsOfTroubles } from "./troubles.ts";

/** The worlds that were made by hand. Each says which source allows it. */
export function catalogue(): readonly World[] {
  return [
    ...worldsOfOneNode(),
    ...worldsOfFleets(),
    ...worldsOfHappenings(),
    ...worldsOfTroubles(),
  ];
}
