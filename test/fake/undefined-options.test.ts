import { RunCommandClient, runShellScript, totalTimeoutSeconds } from "ssm-run-command";
import {
  FakeSsm,
  fails,
  hangs,
  killed,
  reboots,
  succeeds,
  VirtualClock,
} from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { WAIT_OPTIONS } from "../../src/client/waiting/wait-options.ts";
import { NODE_OPTIONS } from "../../src/fake/account/check-node.ts";
import { SETTINGS_OPTIONS } from "../../src/fake/account/check-options.ts";
import { LATENCY_OPTIONS } from "../../src/fake/account/latency.ts";
import {
  FAILS_OPTIONS,
  HANGS_OPTIONS,
  KILLED_OPTIONS,
  REBOOTS_OPTIONS,
  SUCCEEDS_OPTIONS,
} from "../../src/fake/agents/behavior-options.ts";
import { FAKE_SSM_OPTIONS } from "../../src/fake/fake-ssm-options.ts";
import { VIRTUAL_CLOCK_OPTIONS } from "../../src/time/virtual-clock-options.ts";

/** Every option of a table, undefined. */
const undefinedOf = (table: object): object =>
  Object.fromEntries(Object.keys(table).map((name) => [name, undefined]));

const instanceId = "i-0123456789abcdef0";

/** What a command on a node leaves behind: all that can be seen of it. */
async function seenOf(options: object, nodeOptions: object = {}) {
  const fake = new FakeSsm(options);
  fake.nodes.add({ ...nodeOptions, instanceId });
  const runCommand = new RunCommandClient(fake);
  const sent = await runCommand.send({ ...runShellScript("uptime"), InstanceIds: [instanceId] });
  const outcome = await sent.waitForTerminal();
  return JSON.stringify([outcome, fake.timeline(), fake.journal.entries(), fake.clock.now()]);
}

describe("options that are undefined", () => {
  it.each([
    ["new FakeSsm()", undefinedOf(FAKE_SSM_OPTIONS), {}],
    ["its latency", { latency: undefinedOf(LATENCY_OPTIONS) }, {}],
    ["its settings", { settings: undefinedOf(SETTINGS_OPTIONS) }, {}],
    ["a node", {}, undefinedOf(NODE_OPTIONS)],
  ])("count as left out: those of %s", async (_what, options, node) => {
    expect(await seenOf(options, node)).toBe(await seenOf({}));
  });

  it.each([
    ["succeeds", succeeds, SUCCEEDS_OPTIONS],
    ["fails", fails, FAILS_OPTIONS],
    ["hangs", hangs, HANGS_OPTIONS],
    ["killed", killed, KILLED_OPTIONS],
    [
      "reboots",
      (options: object) => reboots({ then: succeeds(), ...withoutThen(options) }),
      REBOOTS_OPTIONS,
    ],
  ] as const)("count as left out: those of %s", async (_name, make, table) => {
    const behavior = make(undefinedOf(table));
    expect(await seenOf({}, { behavior })).toBe(await seenOf({}, { behavior: make({}) }));
  });

  it("count as left out: those of a clock", () => {
    const clock = new VirtualClock(undefinedOf(VIRTUAL_CLOCK_OPTIONS));
    expect(clock.now()).toBe(new VirtualClock().now());
  });

  it("count as left out: those of a wait", async () => {
    const fake = new FakeSsm({ nodes: [{ instanceId }] });
    const runCommand = new RunCommandClient(fake, {
      clock: undefined,
      random: undefined,
      diagnoseNodes: undefined,
    });
    const request = { ...runShellScript("uptime"), InstanceIds: [instanceId], Targets: undefined };
    const sent = await runCommand.send(request, { abortSignal: undefined });
    const { kind, invocations } = await sent.waitForTerminal(undefinedOf(WAIT_OPTIONS));
    expect([kind, invocations.length]).toEqual(["succeeded", 1]);
    expect(totalTimeoutSeconds({}, { stepTimeouts: undefined })).toBe(totalTimeoutSeconds({}));
  });
});

/** A reboot without an end of its own would begin again and again. */
function withoutThen(options: object): object {
  return Object.fromEntries(Object.entries(options).filter(([name]) => name !== "then"));
}
