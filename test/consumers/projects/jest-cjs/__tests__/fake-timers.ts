import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { RunCommandClient, runShellScript } from "ssm-run-command";
import { FakeSsm, succeeds } from "ssm-run-command/fake";
import { FIFTY_MINUTES } from "../fifty-minutes.ts";

beforeEach(() => {
  jest.useFakeTimers();
  jest.setTimerTickMode({ mode: "nextAsync" }); // timers fire by themselves, one after the other
});
afterEach(() => {
  jest.useRealTimers();
});

test.each(FIFTY_MINUTES)("$how skips under fake timers", async ({ deploy, expected }) => {
  const waited = await deploy();
  expect(waited.outcome).toBe(expected);
  // At what minute the waiter looks is random: two minutes lie between its looks at most.
  expect(waited.minutes).toBeGreaterThanOrEqual(50);
  expect(waited.minutes).toBeLessThanOrEqual(52);
});

// They fake queueMicrotask, too, and the calls of the fake take time.
test("a wait on virtual time ends under fake timers, for behaviors that are functions, too", async () => {
  for (const behavior of [() => succeeds(), async () => succeeds(), succeeds()]) {
    const fake = new FakeSsm({ nodes: [{ behavior }] });
    const InstanceIds = fake.nodes.list().map(({ instanceId }) => instanceId);
    const runCommand = new RunCommandClient(fake.client());
    const sent = await runCommand.send({ ...runShellScript("./deploy.sh"), InstanceIds });
    const outcome = await sent.waitForTerminal();
    expect(outcome.kind).toBe("succeeded");
  }
});
