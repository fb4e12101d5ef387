import { expect, it } from "vitest";
import { describeBuilt, proviso } from "./built-package.ts";
import { usePackedProject } from "./use-packed-project.ts";

/** Uses both builds of the package in one process: one bubble within the other, side by side, and in turns. */
const PROGRAM = `
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import * as esm from "ssm-run-command/fake/node";
import { VirtualClock } from "ssm-run-command/fake";
const require = createRequire(import.meta.url);
const cjs = require("ssm-run-command/fake/node");
const { VirtualClock: CjsClock } = require("ssm-run-command/fake");

const before = [setTimeout, Date, Date.now, performance.now, AbortSignal.timeout, sleep];
const in2030 = () => new VirtualClock({ start: "2030-01-01T00:00:00.000Z" });
const years = [];
const note = () => years.push(new Date().getUTCFullYear());
for (const [outer, inner] of [[esm, cjs], [cjs, esm]]) {
  await outer.inVirtualTime({ clock: new CjsClock() }, async () => {
    await sleep(5_000);
    await inner.inVirtualTime({ clock: in2030() }, async () => {
      await sleep(3_600_000);
      note();
    });
    note();
  });
}
await Promise.all([esm, cjs].map(({ inVirtualTime }) => inVirtualTime({ clock: in2030() }, () => sleep(5_000).then(note))));
const after = [setTimeout, Date, Date.now, performance.now, AbortSignal.timeout, sleep];
console.log(esm.inVirtualTime === cjs.inVirtualTime, years.join(), after.every((each, index) => each === before[index]));
`;

describeBuilt(`both builds of the package in one process${proviso}`, () => {
  const project = usePackedProject();

  it("share their bubbles: one within the other, and side by side", async () => {
    await project().write("copies.mjs", PROGRAM);
    expect(await project().node("copies.mjs")).toEqual({
      exitCode: 0,
      output: "false 2030,2024,2030,2024,2030,2030 true\n",
    });
  }, 60_000);
});
