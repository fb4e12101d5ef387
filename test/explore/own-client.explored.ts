import { explore } from "ssm-run-command/explore";
import { describe, expect, it } from "vitest";
import { OWN_WAYS } from "./own-ways.ts";
import { checked } from "./true-outcomes.ts";

/** How many random worlds, and of which seed: `npm run test:long` says more. */
const random = Number(process.env["EXPLORE_RANDOM"] ?? 50);
const seed = Number(process.env["EXPLORE_SEED"] ?? 1);

describe(`In the catalogue and ${random} random worlds (seed ${seed}), our client tells the truth`, () => {
  it.each(Object.entries(OWN_WAYS))("%s", async (name, way) => {
    const { run, untrue } = checked(way);
    const begun = process.cpuUsage();
    const report = await explore(run, { random, seed });
    const { user, system } = process.cpuUsage(begun);
    console.log(
      `${name}: ${report.ran} worlds, ${report.calls} calls, ${((user + system) / 1e6).toFixed(1)} s of CPU`,
    );
    report.throwIfWrong();
    expect(untrue).toEqual([]);
  });
});
