import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { cloudWatchOutput } from "ssm-run-command";
import { tailCommandOutput } from "ssm-run-command/cloudwatch-logs";
import { type FakeSsm, type FakeSsmOptions, succeeds } from "ssm-run-command/fake";
import { expect, it } from "vitest";
import type { Duration } from "../../src/time/duration.ts";
import { aFleet } from "../client/fleets/a-fleet.ts";

interface Rollout extends FakeSsmOptions {
  readonly nodes?: never;
  /** How long a node takes, by its place in the order of ids. */
  readonly after?: (index: number) => Duration;
  readonly MaxConcurrency?: string;
  readonly trouble?: (fake: FakeSsm) => unknown;
}

/** Durations between two numbers of seconds, in no order. */
const between = (least: number, most: number) => (index: number) =>
  `${least + ((index * 7919) % (most - least + 1))}s` as const;

const ALL = { MaxConcurrency: "100%" };

/** Fifty at once, unless they say otherwise. */
const ROLLOUTS: Readonly<Record<string, Rollout>> = {
  "30 to 60 s": {},
  "30 to 60 s, all at once": ALL,
  "90 s": { after: () => "90s" },
  "120 s": { after: () => "120s" },
  "90 to 150 s": { after: between(90, 150) },
  "20 min, all at once": { ...ALL, after: () => "20m" },
  "30 to 60 s, late and with empty pages": { latency: "worst" },
  "90 s, late and with empty pages": { latency: "worst", after: () => "90s" },
  "30 to 60 s, one call a second": {
    trouble: (fake) => fake.faults.limitRate("*", { perSecond: 1 }),
  },
  "30 to 60 s, all at once, four calls in five throttled": {
    ...ALL,
    trouble: (fake) => fake.faults.throttle("*", { probability: 0.8 }),
  },
};

const CASES = Object.entries(ROLLOUTS).flatMap(([name, rollout]) =>
  (["Targets", "InstanceIds"] as const).map((by) => [name, by, rollout] as const),
);

it.each(CASES)(
  "a tail of 500 nodes of %s, by %s, costs at most 200 calls",
  async (_name, by, rollout) => {
    const { after = between(30, 60), MaxConcurrency, trouble, ...options } = rollout;
    const { fake, runCommand, request } = aFleet(500, {
      ...options,
      node: (index) => ({
        tags: { Role: "web" },
        behavior: succeeds({ after: after(index), stdout: `line ${index}\n` }),
      }),
    });
    const { InstanceIds, ...rest } = request;
    const whole = { ...rest, MaxConcurrency, CloudWatchOutputConfig: cloudWatchOutput() };
    const sent = await runCommand.sendAll(
      by === "InstanceIds"
        ? { ...whole, InstanceIds }
        : { ...whole, Targets: [{ Key: "tag:Role", Values: ["web"] }] },
    );
    trouble?.(fake);
    const logs = new CloudWatchLogsClient(fake.logs.clientConfig());
    const texts: string[] = [];
    for await (const { text } of tailCommandOutput(logs, sent)) texts.push(text);
    expect([texts.length, new Set(texts).size]).toEqual([500, 500]);
    expect(fake.journal.entries().length).toBeLessThanOrEqual(200);
  },
);

it("a tail whose pollEvery is the caller's keeps it for 500 nodes, and its wait polls as ever", async () => {
  const { fake, runCommand, request } = aFleet(500);
  const sent = await runCommand.sendAll({
    ...{ ...request, ...ALL },
    CloudWatchOutputConfig: cloudWatchOutput(),
  });
  const logs = new CloudWatchLogsClient(fake.logs.clientConfig());
  for await (const _ of tailCommandOutput(logs, sent, { pollEvery: "1s" }));
  expect(fake.journal.entries("FilterLogEvents").length).toBeGreaterThan(20);
  expect(fake.journal.entries("ListCommands").length).toBeGreaterThan(6);
});
