// Names destructured from what `require` returns are kept: what is put into their place later does not reach them.
const assert = require("node:assert/strict");
const { setTimeout: later } = require("node:timers");
const { setTimeout: sleep } = require("node:timers/promises");
const { FakeSsm, succeeds } = require("ssm-run-command/fake");
const { inVirtualTime } = require("ssm-run-command/fake/node");
const { pollWith } = require("../deploys.ts");

const ROADS = [
  ["node:timers", () => new Promise((resolve) => later(resolve, 5_000))],
  ["node:timers/promises", () => sleep(5_000)],
];

test.each(ROADS)("skips a loop with setTimeout, destructured from %s", async (_name, pause) => {
  const fake = new FakeSsm();
  const { instanceId } = fake.nodes.add({ behavior: succeeds({ after: "90s" }) });
  const begun = fake.clock.now();
  await inVirtualTime(fake, async () => {
    assert.equal(await pollWith(pause, fake.client(), instanceId), "Success");
  });
  assert.equal(Math.floor((fake.clock.now() - begun) / 10_000), 9);
});
