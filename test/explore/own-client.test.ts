import { explore } from "ssm-run-command/explore";
import { describe, expect, it } from "vitest";
import { catalogue } from "../../src/explore/catalogue/catalogue.ts";
import { OWN_WAYS } from "./own-ways.ts";
import { checked } from "./true-outcomes.ts";

/** Every fifth world of the catalogue, without large fleets: `npm run test:explore` has all of them. */
const SOME = catalogue().filter(({ nodes }, index) => index % 5 === 0 && nodes.length < 100);

describe("Our client tells the truth in every fifth world", () => {
  it.each(Object.entries(OWN_WAYS))("%s", async (_, way) => {
    const { run, untrue } = checked(way);
    const report = await explore(run, { worlds: SOME });
    report.throwIfWrong();
    expect(report.ran).toBeGreaterThan(10);
    expect(untrue).toEqual([]);
  });
});
