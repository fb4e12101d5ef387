// The whole output of a fleet from a bucket, ten streams at once, and why a node has none.
// In a project of your own: npm install @aws-sdk/client-s3
import { S3Client } from "@aws-sdk/client-s3";
import { RunCommandClient, runShellScript, tagTargets } from "ssm-run-command";
import { readCommandOutput } from "ssm-run-command/cloudwatch-logs";
import { FakeSsm, fails, succeeds } from "ssm-run-command/fake";

const tags = { Role: "web" };
const fake = new FakeSsm({
  nodes: [
    { tags, behavior: succeeds({ stdout: `${"x".repeat(99)}\n`.repeat(1_000) }) },
    { tags, behavior: fails({ exitCode: 3, stderr: "disk full\n" }) },
    { tags, behavior: succeeds({ stdout: "deployed\n" }), objects: "denied" },
  ],
});
const s3 = new S3Client(fake.objects.clientConfig()); // in production: new S3Client({})

const sent = await new RunCommandClient(fake.client()).send({
  ...runShellScript("./deploy.sh"),
  Targets: tagTargets(tags),
  MaxErrors: "100%",
  OutputS3BucketName: "deploys",
  OutputS3KeyPrefix: "run-command",
});
const outcome = await sent.waitForTerminal();

// No client of CloudWatch Logs is needed, since nothing went there.
for (const output of await readCommandOutput(undefined, outcome, { s3 })) {
  const { instanceId, stdout, stderr, missing } = output;
  console.log(`${instanceId}: ${stdout.length} characters of stdout, ${stderr.length} of stderr`);
  if (stderr !== "") console.log(`  ${stderr.trimEnd().replaceAll("\n", "\n  ")}`);
  if (missing !== undefined) console.log(`  ${missing}`);
}
