import type { S3ClientResolvedConfig } from "@aws-sdk/client-s3";
import type { SSMClientConfig, SSMClientResolvedConfig } from "@aws-sdk/client-ssm";
import { afterAll, describe, expect, it, vi } from "vitest";
import { SealedNode } from "../support/sealed-node.ts";

/** Variables that could lead an SDK elsewhere. */
const HOSTILE = {
  AWS_ACCESS_KEY_ID: "AKIAHOSTILE",
  AWS_CONFIG_FILE: "/nowhere/config",
  AWS_DEFAULTS_MODE: "auto",
  AWS_ENDPOINT_URL: "http://127.0.0.1:1",
  AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: "http://127.0.0.1:1",
  AWS_ENDPOINT_URL_S3: "http://127.0.0.1:1",
  AWS_ENDPOINT_URL_SSM: "http://127.0.0.1:1",
  AWS_MAX_ATTEMPTS: "99",
  AWS_PROFILE: "nobody",
  AWS_REGION: "mars-north-1",
  AWS_REQUEST_CHECKSUM_CALCULATION: "WHENEVER",
  AWS_RESPONSE_CHECKSUM_VALIDATION: "WHENEVER",
  AWS_RETRY_MODE: "adaptive",
  AWS_S3_DISABLE_EXPRESS_SESSION_AUTH: "perhaps",
  AWS_S3_US_EAST_1_REGIONAL_ENDPOINT: "legacy",
  AWS_S3_USE_ARN_REGION: "perhaps",
  AWS_SDK_UA_APP_ID: "hostile",
  AWS_SHARED_CREDENTIALS_FILE: "/nowhere/credentials",
  AWS_SIGV4A_SIGNING_REGION_SET: "*",
  AWS_USE_DUALSTACK_ENDPOINT: "true",
  AWS_USE_FIPS_ENDPOINT: "true",
};

/** What every client of the fake settles on, whatever the variables say. */
const SETTLED = {
  region: "us-east-1",
  maxAttempts: 3,
  fips: false,
  dualStack: false,
  appId: "",
  keys: "AKIAFAKESSM",
};

async function settledOf(config: SSMClientResolvedConfig | S3ClientResolvedConfig) {
  return {
    region: await config.region(),
    maxAttempts: await config.maxAttempts(),
    fips: await config.useFipsEndpoint(),
    dualStack: await config.useDualstackEndpoint(),
    appId: await config.userAgentAppId(),
    keys: (await config.credentials()).accessKeyId,
  };
}

describe("a fake under a real client, with everything outside of the process refused", async () => {
  // Both come before the SDK is loaded, which would keep functions that are not refused yet and variables as they were.
  const node = new SealedNode();
  for (const [name, value] of Object.entries(HOSTILE)) vi.stubEnv(name, value);
  const { ListCommandsCommand, SSMClient } = await import("@aws-sdk/client-ssm");
  const { CloudWatchLogsClient, GetLogEventsCommand } = await import(
    "@aws-sdk/client-cloudwatch-logs"
  );
  const { GetObjectCommand, ListObjectsV2Command, S3Client } = await import("@aws-sdk/client-s3");
  const { cloudWatchOutput, defaultLogGroupName, logStreamNames, RunCommandClient } = await import(
    "ssm-run-command"
  );
  const { FakeSsm, succeeds } = await import("ssm-run-command/fake");

  afterAll(() => {
    vi.unstubAllEnvs();
  });

  const aFake = () =>
    new FakeSsm({ nodes: [{ behavior: succeeds({ after: "90s", stdout: "deployed\n" }) }] });

  const deploy = async (fake = aFake()) => {
    const sent = await new RunCommandClient(fake.client()).send({
      DocumentName: "AWS-RunShellScript",
      InstanceIds: ["i-00000000000000001"],
      Parameters: { commands: ["./deploy.sh"] },
      CloudWatchOutputConfig: cloudWatchOutput(),
      OutputS3BucketName: "output",
    });
    return { sent, outcome: await sent.waitForTerminal() };
  };

  const readLogs = async () => {
    const fake = aFake();
    const { commandId } = (await deploy(fake)).sent;
    const at = { commandId, instanceId: "i-00000000000000001", pluginName: "aws:runShellScript" };
    const { events } = await new CloudWatchLogsClient(fake.logs.clientConfig()).send(
      new GetLogEventsCommand({
        logGroupName: defaultLogGroupName("AWS-RunShellScript"),
        logStreamName: logStreamNames(at).stdout,
      }),
    );
    return events?.map(({ message }) => message);
  };

  const readObject = async () => {
    const fake = aFake();
    await deploy(fake);
    const s3 = new S3Client(fake.objects.clientConfig());
    const Bucket = "output";
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket }));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: Contents?.[0]?.Key }));
    return Body?.transformToString();
  };

  it("takes a command and runs it to its end", async () => {
    const { outcome } = await node.whileClosed(() => deploy());
    expect(outcome.kind).toBe("succeeded");
  });

  it("tries nothing beyond the process for that", async () => {
    await node.whileClosed(() => deploy());
    expect(node.tried).toEqual([]);
  });

  it("shows what was written to CloudWatch Logs", async () => {
    expect(await node.whileClosed(readLogs)).toEqual(["deployed\n"]);
  });

  it("tries nothing beyond the process for that, either", async () => {
    await node.whileClosed(readLogs);
    expect(node.tried).toEqual([]);
  });

  it("shows what was uploaded to S3", async () => {
    expect(await node.whileClosed(readObject)).toBe("deployed\n");
  });

  it("tries nothing beyond the process for S3", async () => {
    await node.whileClosed(readObject);
    expect(node.tried).toEqual([]);
  });

  it("lets no variable decide", async () => {
    const { config } = aFake().client();
    expect(await node.whileClosed(() => settledOf(config))).toEqual(SETTLED);
  });

  it("lets no variable decide where a request goes", async () => {
    const client = aFake().client();
    const hosts: string[] = [];
    client.middlewareStack.add(
      (next) => (args) => {
        hosts.push((args.request as { hostname: string }).hostname);
        return next(args);
      },
      { step: "finalizeRequest" },
    );
    await node.whileClosed(() => client.send(new ListCommandsCommand({})));
    expect(hosts).toEqual(["ssm.us-east-1.fake-ssm.invalid"]);
  });

  it("lets no variable decide how S3 is asked", async () => {
    const { config } = new S3Client(aFake().objects.clientConfig());
    const settled = await node.whileClosed(async () => ({
      ...(await settledOf(config)),
      requestChecksum: await config.requestChecksumCalculation(),
      responseChecksum: await config.responseChecksumValidation(),
      arnRegion: config.useArnRegion,
      pathStyle: config.forcePathStyle,
    }));
    expect(settled).toEqual({
      ...SETTLED,
      requestChecksum: "WHEN_REQUIRED",
      responseChecksum: "WHEN_REQUIRED",
      arnRegion: false,
      pathStyle: true,
    });
  });

  it("lets no variable decide where a request to S3 goes", async () => {
    const fake = aFake();
    fake.objects.setBucket("output");
    const s3 = new S3Client(fake.objects.clientConfig());
    const targets: string[] = [];
    s3.middlewareStack.add(
      (next) => (args) => {
        const { hostname, path } = args.request as { hostname: string; path: string };
        targets.push(`${hostname}${path}`);
        return next(args);
      },
      { step: "finalizeRequest" },
    );
    await node.whileClosed(() => s3.send(new ListObjectsV2Command({ Bucket: "output" })));
    expect(targets).toEqual(["s3.us-east-1.fake-ssm.invalid/output/"]);
  });

  it("needs every member of the configuration: with only a region, keys and the handler the SDK looks for files", async () => {
    const { region, credentials, requestHandler } = aFake().clientConfig();
    const careless = { region, credentials, requestHandler } as SSMClientConfig;
    const list = () => new SSMClient(careless).send(new ListCommandsCommand({}));
    await node.whileClosed(() => list().catch(() => undefined));
    expect(node.tried).not.toEqual([]);
  });

  it.each([
    ["fs.readFileSync", async () => (await import("node:fs")).readFileSync("/etc/hostname")],
    ["fs.readFile", async () => (await import("node:fs")).readFile("/etc/hostname", () => {})],
    ["fs.promises.readFile", async () => (await import("node:fs/promises")).readFile("/etc/host")],
    ["net.connect", async () => (await import("node:net")).connect(1)],
    ["dns.lookup", async () => (await import("node:dns")).lookup("localhost", () => {})],
    ["dns.promises.lookup", async () => (await import("node:dns/promises")).lookup("localhost")],
    ["http.request", async () => (await import("node:http")).request("http://127.0.0.1:1")],
    ["https.request", async () => (await import("node:https")).request("https://127.0.0.1:1")],
  ])("would notice a planted %s", async (door, planted) => {
    const plant = node.whileClosed(async () => planted());
    await expect(plant).rejects.toThrow(`${door} was called behind closed doors.`);
  });
});
