// The suite of a user of the package, written for no particular runner: each project runs it with its own.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { RunCommandClientOptions } from "ssm-run-command";
import { assertReached, FakeSsm, fails, hangs, succeeds } from "ssm-run-command/fake";
import { Rollout } from "./rollout.ts";

const tags = { Role: "web" };

/** The service, with the fake swapped in. */
function rolloutOn(fake: FakeSsm, options: RunCommandClientOptions = {}): Rollout {
  const logs = new CloudWatchLogsClient(fake.logs.clientConfig());
  return new Rollout(fake.client(), logs, options);
}

export const stories: Readonly<Record<string, () => Promise<void>>> = {
  "names the node that failed": async () => {
    const fake = new FakeSsm();
    const good = fake.nodes.add({ tags, behavior: succeeds({ after: "30s" }) });
    const bad = fake.nodes.add({ tags, behavior: fails({ exitCode: 7, after: "90s" }) });
    const { nodes } = await rolloutOn(fake).run("./deploy.sh", { role: "web" });
    assert.deepEqual(nodes, { [good.instanceId]: "succeeded", [bad.instanceId]: "failed" });
  },

  "gets through a throttled call": async () => {
    const fake = new FakeSsm({ nodes: [{ tags }] });
    fake.faults.throttle("SendCommand", { times: 1 });
    const { kind } = await rolloutOn(fake).run("./deploy.sh", { role: "web" });
    assert.deepEqual([kind, fake.faults.unused()], ["succeeded", []]);
  },

  "tells of a node that was never reached": async () => {
    const fake = new FakeSsm();
    const { instanceId } = fake.nodes.add({ tags, agent: "unreachable" });
    const { nodes } = await rolloutOn(fake).run("./deploy.sh", { role: "web" });
    assert.deepEqual(nodes, { [instanceId]: "deliveryTimedOut" });
    assertReached(fake, "DeliveryTimedOut", { on: instanceId });
  },

  "cancels what takes too long": async () => {
    const fake = new FakeSsm({ nodes: [{ tags, behavior: hangs() }] });
    const { kind } = await rolloutOn(fake).run("./deploy.sh", { role: "web", patience: "5m" });
    assert.equal(kind, "cancelled");
  },

  "reads the output back from CloudWatch Logs": async () => {
    const fake = new FakeSsm();
    const behavior = succeeds({ after: "90s", stdout: "deployed\n" });
    const { instanceId } = fake.nodes.add({ tags, behavior });
    const rollout = rolloutOn(fake);
    const { commandId } = await rollout.run("./deploy.sh", { role: "web" });
    assert.equal(await rollout.outputOf(commandId, instanceId), "deployed");
  },

  "reads the output back from a bucket": async () => {
    const behavior = succeeds({ stdout: "deployed\n" });
    const fake = new FakeSsm({ nodes: [{ tags, behavior }] });
    const request = { DocumentName: "AWS-RunShellScript", Parameters: { commands: ["true"] } };
    const InstanceIds = fake.nodes.list().map(({ instanceId }) => instanceId);
    await fake.sendCommand({ ...request, InstanceIds, OutputS3BucketName: "deploys" });
    await fake.clock.advance("1m");
    const [Key] = fake.objects.list("deploys");
    const s3 = new S3Client(fake.objects.clientConfig());
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: "deploys", Key }));
    const pieces: string[] = [];
    for await (const piece of Body as AsyncIterable<Uint8Array>) {
      pieces.push(new TextDecoder().decode(piece));
    }
    assert.equal(pieces.join(""), "deployed\n");
  },

  "hands its events to a handler": async () => {
    const fake = new FakeSsm({ nodes: [{ tags }] });
    const seen: string[] = [];
    const handler = async (event: { readonly detail: { readonly status: string } }) => {
      seen.push(event.detail.status);
    };
    await rolloutOn(fake).run("./deploy.sh", { role: "web" });
    for (const event of fake.notifications.events()) await handler(event);
    assert.deepEqual(seen, ["InProgress", "InProgress", "Success", "Success"]);
  },

  // The file is compared with those of the other projects, which run in other time zones and languages.
  "leaves the same journal as every other run": async () => {
    const fake = new FakeSsm({ seed: 7, latency: "measured" });
    const behavior = succeeds({ after: "90s", stdout: "deployed\n" });
    for (let made = 0; made < 3; made++) fake.nodes.add({ tags, behavior });
    fake.faults.throttle("*", { probability: 0.3 });
    const rollout = rolloutOn(fake);
    const { kind } = await rollout.run("./deploy.sh", { role: "web" });
    assert.equal(kind, "succeeded");
    writeFileSync("journal.txt", `${JSON.stringify(fake.journal.entries())}\n${fake.timeline()}`);
  },
};
