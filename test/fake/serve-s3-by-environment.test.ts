import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { RunCommandClient, runShellScript, systemClock } from "ssm-run-command";
import { FakeSsm, succeeds } from "ssm-run-command/fake";
import { serveFakeSsm } from "ssm-run-command/fake/node";
import { afterEach, expect, it, vi } from "vitest";

afterEach(() => {
  vi.unstubAllEnvs();
});

it("AWS_ENDPOINT_URL_S3 alone leads an S3Client that knows no fake to the output", async () => {
  const behavior = succeeds({ stdout: "deployed\n" });
  const fake = new FakeSsm({ clock: systemClock, nodes: [{ behavior }] });
  await using served = await serveFakeSsm(fake);
  const sent = await new RunCommandClient(fake).send({
    ...runShellScript("./deploy.sh"),
    InstanceIds: fake.nodes.list().map(({ instanceId }) => instanceId),
    OutputS3BucketName: "output-bucket",
  });
  await sent.waitForTerminal();
  const environment = {
    AWS_ENDPOINT_URL_S3: served.url,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "AKIAFAKESSM",
    AWS_SECRET_ACCESS_KEY: "fake",
    // No settings of the person who runs the tests.
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);

  const [Key] = fake.objects.list("output-bucket");
  const s3 = new S3Client({});
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: "output-bucket", Key }));
  expect(await Body?.transformToString()).toBe("deployed\n");
  s3.destroy();
});
