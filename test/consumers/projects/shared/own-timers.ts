// Tests of code that waits with timers of its own, written for no particular runner.
import assert from "node:assert/strict";
import { FakeSsm, hangs, succeeds } from "ssm-run-command/fake";
import { inVirtualTime } from "ssm-run-command/fake/node";
import {
  awaitWithWaiter,
  pollAsleep,
  pollAsleepOf,
  pollByInterval,
  pollEvery,
  pollUntilAborted,
  pollUntilDeadline,
  pollWithPromisified,
} from "./deploys.ts";
import { pollWithKeptGlobal, pollWithKeptSleep, pollWithKeptTimer } from "./kept-timers.ts";

type Tests = Readonly<Record<string, () => Promise<void>>>;

/** Far more than any of them takes, and far less than the shortest of their waits. */
const LITTLE_REAL_TIME = 10;

/** A fake with a node that takes 90 s. */
function ninetySeconds(): readonly [fake: FakeSsm, instanceId: string] {
  const fake = new FakeSsm();
  const { instanceId } = fake.nodes.add({ behavior: succeeds({ after: "90s" }) });
  return [fake, instanceId];
}

function globals(): readonly unknown[] {
  const { now } = performance;
  return [setTimeout, setInterval, setImmediate, clearTimeout, Date, AbortSignal.timeout, now];
}

/** Fails when virtual time does not move by so many seconds, or when that takes real ones. */
async function moves(
  fake: FakeSsm,
  { from, below }: { readonly from: number; readonly below: number },
  run: () => Promise<void>,
): Promise<void> {
  const begun = { real: process.hrtime.bigint(), virtual: fake.clock.now() };
  await inVirtualTime(fake, run);
  const real = Number(process.hrtime.bigint() - begun.real) / 1e9;
  const virtual = (fake.clock.now() - begun.virtual) / 1e3;
  assert.ok(from <= virtual && virtual < below, `${virtual} virtual seconds`);
  assert.ok(real < LITTLE_REAL_TIME, `${real} real seconds`);
}

/** What works in every runtime: the globals, and members of what is imported. */
export const ownTimers: Tests = {
  "skips a loop with setTimeout of two seconds": async () => {
    const [fake, instanceId] = ninetySeconds();
    await moves(fake, { from: 90, below: 100 }, async () => {
      assert.equal(await pollEvery(2_000, fake.client(), instanceId), "Success");
    });
  },

  "skips a loop with setTimeout of five seconds": async () => {
    const [fake, instanceId] = ninetySeconds();
    await moves(fake, { from: 90, below: 100 }, async () => {
      assert.equal(await pollEvery(5_000, fake.client(), instanceId), "Success");
    });
  },

  "skips AWS's waiter with its default delays": async () => {
    const [fake, instanceId] = ninetySeconds();
    // Between two looks it waits for two minutes at most.
    await moves(fake, { from: 90, below: 90 + 125 }, async () => {
      assert.equal(await awaitWithWaiter(fake.client(), instanceId), "SUCCESS");
    });
  },

  "skips to a deadline by Date.now": async () => {
    const fake = new FakeSsm();
    const { instanceId } = fake.nodes.add({ behavior: hangs() });
    await moves(fake, { from: 300, below: 310 }, async () => {
      const begun = Date.now();
      const outcome = await pollUntilDeadline(300_000, fake.client(), instanceId);
      assert.equal(outcome, "out of patience");
      assert.equal(Date.now(), fake.clock.now());
      assert.ok(Date.now() - begun >= 300_000);
    });
  },

  "comes to the end of the command before a deadline by Date.now": async () => {
    const [fake, instanceId] = ninetySeconds();
    await moves(fake, { from: 90, below: 100 }, async () => {
      assert.equal(await pollUntilDeadline(600_000, fake.client(), instanceId), "Success");
    });
  },

  "skips an interval that is cleared": async () => {
    const [fake, instanceId] = ninetySeconds();
    await moves(fake, { from: 90, below: 100 }, async () => {
      assert.equal(await pollByInterval(5_000, fake.client(), instanceId), "Success");
    });
  },

  "skips to the end of AbortSignal.timeout": async () => {
    const fake = new FakeSsm();
    const { instanceId } = fake.nodes.add({ behavior: hangs() });
    await moves(fake, { from: 120, below: 130 }, async () => {
      const outcome = await pollUntilAborted(120_000, fake.client(), instanceId);
      assert.equal(outcome, "cancelled: TimeoutError");
    });
  },

  "skips a loop with the default export of node:timers/promises": async () => {
    const [fake, instanceId] = ninetySeconds();
    await moves(fake, { from: 90, below: 100 }, async () => {
      assert.equal(await pollAsleepOf(5_000, fake.client(), instanceId), "Success");
    });
  },

  "skips a loop with promisify(setTimeout)": async () => {
    const [fake, instanceId] = ninetySeconds();
    await moves(fake, { from: 90, below: 100 }, async () => {
      assert.equal(await pollWithPromisified(5_000, fake.client(), instanceId), "Success");
    });
  },

  "moves the clocks of two that run at once, each by its own": async () => {
    const [first, instanceId] = ninetySeconds();
    const second = new FakeSsm();
    const slow = second.nodes.add({ behavior: succeeds({ after: "50m" }) });
    const deployTo = (fake: FakeSsm, id: string) => async () => {
      assert.equal(await pollEvery(30_000, fake.client(), id), "Success");
    };
    await Promise.all([
      moves(first, { from: 90, below: 130 }, deployTo(first, instanceId)),
      moves(second, { from: 3_000, below: 3_050 }, deployTo(second, slow.instanceId)),
    ]);
  },

  "leaves the globals as they were, whatever was thrown": async () => {
    const before = globals();
    const [fake] = ninetySeconds();
    const thrown = inVirtualTime(fake, async () => {
      await new Promise((resolve) => setTimeout(resolve, 60_000));
      throw new TypeError("thrown");
    });
    await assert.rejects(thrown, { name: "TypeError", message: "thrown" });
    assert.deepEqual(globals(), before);
  },
};

/** What Node alone lets us do: names that were imported or kept before. */
export const namedTimers: Tests = {
  "skips a loop with node:timers/promises, imported by name": async () => {
    const [fake, instanceId] = ninetySeconds();
    await moves(fake, { from: 90, below: 100 }, async () => {
      assert.equal(await pollAsleep(5_000, fake.client(), instanceId), "Success");
    });
  },

  "skips a loop with a global setTimeout that was kept": async () => {
    const [fake, instanceId] = ninetySeconds();
    await moves(fake, { from: 90, below: 100 }, async () => {
      assert.equal(await pollWithKeptGlobal(fake.client(), instanceId), "Success");
    });
  },

  "skips a loop with a setTimeout that was kept from node:timers": async () => {
    const [fake, instanceId] = ninetySeconds();
    await moves(fake, { from: 90, below: 100 }, async () => {
      assert.equal(await pollWithKeptTimer(fake.client(), instanceId), "Success");
    });
  },

  "skips a loop with a setTimeout that was kept from node:timers/promises": async () => {
    const [fake, instanceId] = ninetySeconds();
    await moves(fake, { from: 90, below: 100 }, async () => {
      assert.equal(await pollWithKeptSleep(fake.client(), instanceId), "Success");
    });
  },
};
