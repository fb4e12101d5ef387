import { seededRandom, seedOf } from "../time/random.ts";
import type { WorldSize } from "./explore-options.ts";
import { sample } from "./random/shape.ts";
import { sizeOf, worldShape } from "./random/world-shape.ts";
import type { World } from "./world.ts";

/** The world of a seed: the same seed and size give the same world. */
export function randomWorld(seed: number, size: WorldSize = {}): World {
  const shape = worldShape(sizeOf(size), `random world ${seed}`);
  return { ...sample(shape, seededRandom(seed)), seed };
}

/** Seeds of so many worlds: the first is the seed itself, the others are mixed from it. */
export function seedsOf(seed: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) =>
    index === 0 ? seed : seedOf(`${seed} ${index}`),
  );
}
