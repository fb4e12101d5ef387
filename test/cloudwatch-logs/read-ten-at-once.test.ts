import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { S3Client } from "@aws-sdk/client-s3";
import { cloudWatchOutput, RunCommandClient, runShellScript } from "ssm-run-command";
import { readCommandOutput } from "ssm-run-command/cloudwatch-logs";
import { FakeSsm, type OperationName, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../support/rejection.ts";

/** A command of some nodes that wrote to both streams, and how many calls of an operation were under way at once. */
async function aFleet(count: number, operation: OperationName, fails?: (call: number) => boolean) {
  const nodes = Array.from({ length: count }, (_, index) => ({
    behavior: succeeds({ stdout: `${index}\n`, stderr: `error ${index}\n` }),
  }));
  const fake = new FakeSsm({ nodes, latency: "instant" });
  const sent = await new RunCommandClient(fake).send({
    ...runShellScript("./a.sh"),
    CloudWatchOutputConfig: cloudWatchOutput(),
    OutputS3BucketName: "output-bucket",
    InstanceIds: fake.nodes.list().map(({ instanceId }) => instanceId),
  });
  const outcome = await sent.waitForTerminal();
  const underWay = { now: 0, most: 0, calls: 0 };
  fake.on(operation, async () => {
    const call = ++underWay.calls;
    underWay.most = Math.max(underWay.most, ++underWay.now);
    // A later call ends earlier, so that results in order are no accident.
    for (let turns = 0; turns < 20 - (call % 10); turns++) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    underWay.now--;
    return fails?.(call) ? { refuse: { name: "AccessDeniedException" } } : undefined;
  });
  return {
    underWay,
    outcome,
    logs: new CloudWatchLogsClient(fake.logs.clientConfig({ maxAttempts: 1 })),
    s3: new S3Client(fake.objects.clientConfig({ maxAttempts: 1 })),
  };
}

describe.each(["GetLogEvents", "GetObject"] as const)("streams read with %s", (operation) => {
  const read = async ({ logs, s3, outcome }: Awaited<ReturnType<typeof aFleet>>) =>
    readCommandOutput(logs, outcome, operation === "GetObject" ? { s3 } : {});

  it("are read ten at once", async () => {
    const fleet = await aFleet(12, operation);
    await read(fleet);
    expect(fleet.underWay.most).toBe(10);
  });

  it("are in the order of the outcome", async () => {
    const fleet = await aFleet(12, operation);
    const outputs = await read(fleet);
    expect(outputs.map(({ instanceId }) => instanceId)).toEqual(
      fleet.outcome.invocations.map(({ instanceId }) => instanceId),
    );
    expect(outputs.map(({ stdout, stderr }) => [stdout.trim(), stderr.trim()])).toEqual(
      fleet.outcome.invocations.map(({ plugins }) =>
        (plugins[0]?.output ?? "").split(/\n----------ERROR-------\n/).map((text) => text.trim()),
      ),
    );
  });

  it("are not read on after an error, and none is under way when it is thrown", async () => {
    const fleet = await aFleet(50, operation, (call) => call >= 3);
    expect(await rejectionOf(read(fleet))).toHaveProperty(
      "name",
      expect.stringMatching(/^AccessDenied/),
    );
    expect(fleet.underWay.calls).toBeLessThanOrEqual(13);
    const { calls } = fleet.underWay;
    await new Promise((resolve) => setImmediate(resolve));
    expect(fleet.underWay.calls).toBe(calls);
  });

  it("are not read on after an abort", async () => {
    const aborting = new AbortController();
    const fleet = await aFleet(50, operation, (call) => {
      if (call === 15) aborting.abort();
      return false;
    });
    const { logs, s3, outcome } = fleet;
    const options = operation === "GetObject" ? { s3 } : {};
    const { signal: abortSignal } = aborting;
    const reading = readCommandOutput(logs, outcome, { ...options, abortSignal });
    expect(await rejectionOf(reading)).toHaveProperty("name", "AbortError");
    expect(fleet.underWay.calls).toBeLessThanOrEqual(25);
  });
});
