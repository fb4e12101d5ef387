// Output in a bucket: found by the command's id, read with a real S3Client, and what it looks like when nodes may not write.
// In a project of your own: npm install @aws-sdk/client-s3
import { GetObjectCommand, paginateListObjectsV2, S3Client } from "@aws-sdk/client-s3";
import { RunCommandClient, runShellScript, tagTargets } from "ssm-run-command";
import { FakeSsm, succeeds } from "ssm-run-command/fake";

const tags = { Role: "web" };
const behavior = succeeds({ after: "30s", stdout: `${"x".repeat(100)}\n`.repeat(1_000) });
const fake = new FakeSsm({
  nodes: [
    { tags, behavior },
    { tags, behavior, objects: "denied" },
  ],
});
const s3 = new S3Client(fake.objects.clientConfig()); // in production: new S3Client({})

const sent = await new RunCommandClient(fake.client()).send({
  ...runShellScript("./deploy.sh"),
  Targets: tagTargets(tags),
  OutputS3BucketName: "deploys",
  OutputS3KeyPrefix: "run-command",
});
const { invocations, kind } = await sent.waitForTerminal();
console.log(`The command ${kind}.`);

const place = { Bucket: "deploys", Prefix: `run-command/${sent.commandId}/` };
for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, place)) {
  for (const { Key = "" } of Contents) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: "deploys", Key }));
    const [, , instanceId, , , stream] = Key.split("/");
    const { length } = (await Body?.transformToString()) ?? "";
    console.log(`${instanceId}: ${length} characters of ${stream}; the API shows 24,000.`);
  }
}

// A node whose role may not write to the bucket succeeds all the same: the timeline tells, and on AWS the agent's own log.
console.log(`${invocations.length} nodes have run it.`);
const note = fake
  .timeline()
  .split("\n")
  .find((line) => line.includes("may not write"));
console.log(note?.replace(/ {2,}/g, "  "));
