// `npm run test:long`: our own client in the catalogue and in many random worlds, of a seed that is new each time and printed.
// `npm run test:long -- 2000` is how many, `npm run test:long -- 2000 7` also of which seed.
import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";

const [, , random = "500", seed = String(randomInt(2 ** 31))] = process.argv;
console.log(
  `${random} random worlds of seed ${seed}: again with npm run test:long -- ${random} ${seed}`,
);
const { status } = spawnSync(
  process.execPath,
  ["node_modules/vitest/vitest.mjs", "run", "--config", "vitest.explore.config.ts", "own-client"],
  { stdio: "inherit", env: { ...process.env, EXPLORE_RANDOM: random, EXPLORE_SEED: seed } },
);
process.exitCode = status ?? 1;
