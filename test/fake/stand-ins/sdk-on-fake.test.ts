import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as s3 from "@aws-sdk/client-s3";
import * as ssm from "@aws-sdk/client-ssm";
import type { RetryStrategyV2, RetryToken } from "@smithy/types";
import { RunCommandClient, runShellScript, tagTargets } from "ssm-run-command";
import { FakeSsm, fails, sdkOnFake, succeeds } from "ssm-run-command/fake";
import { inVirtualTime } from "ssm-run-command/fake/node";
import { beforeEach, describe, expect, it, vi } from "vitest";

/** Tries again after an hour, and knows its own tokens only. */
class HourlyRetries implements RetryStrategyV2 {
  succeeded: number | undefined;
  readonly #counts = new WeakMap<RetryToken, number>();

  async acquireInitialRetryToken(): Promise<RetryToken> {
    return this.#token(0);
  }
  async refreshRetryTokenForRetry(token: RetryToken): Promise<RetryToken> {
    return this.#token(this.#countOf(token) + 1);
  }
  recordSuccess(token: RetryToken): void {
    this.succeeded = this.#countOf(token);
  }

  #token(count: number): RetryToken {
    const token = {
      getRetryCount: () => count,
      getRetryDelay: () => (count === 0 ? 0 : 3_600_000),
    };
    this.#counts.set(token, count);
    return token;
  }
  #countOf(token: RetryToken): number {
    const count = this.#counts.get(token);
    if (count === undefined) throw new Error("The token is of another strategy.");
    return count;
  }
}

let fake = new FakeSsm();
const sdk = sdkOnFake(ssm, () => fake);
const logsSdk = sdkOnFake(logs, () => fake);
const s3Sdk = sdkOnFake(s3, () => fake);
const request = { ...runShellScript("uptime"), Targets: tagTargets({ Role: "web" }) };

beforeEach(() => {
  fake = new FakeSsm();
});

describe("a stand-in for the SDK", () => {
  it("asks for the fake at every call, so that a client meets that of the running test", async () => {
    const client = new sdk.SSM({});
    const [first, second] = [fake, new FakeSsm()];
    await client.listCommands({});
    fake = second;
    await client.listCommands({});
    await client.listCommands({});
    expect([first, second].map(({ journal }) => journal.entries().length)).toEqual([1, 2]);
  });

  it("makes clients before there is a fake", async () => {
    let late: FakeSsm | undefined;
    const { SSMClient } = sdkOnFake(ssm, () => late as FakeSsm);
    const runCommand = new RunCommandClient(new SSMClient({}));
    late = new FakeSsm({
      nodes: [{ tags: { Role: "web" }, behavior: succeeds({ after: "50m" }) }],
    });
    const outcome = await (await runCommand.send(request)).waitForTerminal({ timeout: "1d" });
    expect(outcome.kind).toBe("succeeded");
  });

  it("lets code wait on the clock of the fake, with its random numbers", async () => {
    fake.nodes.add({ tags: { Role: "web" }, behavior: fails({ after: "90s" }) });
    const runCommand = new RunCommandClient(new sdk.SSMClient({}));
    const before = fake.clock.now();
    const { kind } = await (await runCommand.send(request)).waitForTerminal();
    expect(kind).toBe("failed");
    expect(fake.clock.now() - before).toBeGreaterThanOrEqual(90_000);
    expect(runCommand.clock.now()).toBe(fake.clock.now());
  });

  it("answers in the account of the client's region, and in the fake's own without one", async () => {
    await new sdk.SSM({ region: "eu-west-1" }).listCommands({});
    await new sdk.SSM({}).listCommands({});
    expect(fake.journal.entries().map(({ region }) => region)).toEqual(["eu-west-1", "us-east-1"]);
  });

  it("knows the region of a FIPS address", async () => {
    await new sdk.SSM({ region: "us-gov-west-1-fips" }).listCommands({});
    expect(fake.journal.entries()[0]?.region).toBe("us-gov-west-1");
  });

  it("says once for a region that commands are sent there and all nodes are elsewhere", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    fake.nodes.add({ tags: { Role: "web" } });
    const client = new sdk.SSM({ region: "eu-north-1" });
    await client.listCommands({});
    expect(warn).not.toHaveBeenCalled();
    for (let sent = 0; sent < 3; sent++) await client.sendCommand(request);
    expect(warn.mock.calls.map(([sentence]) => sentence)).toEqual([
      'A client of eu-north-1 asked for nodes, and there is none: the nodes of the fake are in us-east-1. Make the fake where the code looks, `new FakeSsm({ region: "eu-north-1" })`, or leave the client\'s region out.',
    ]);
  });

  it("says nothing of a region as long as the fake has no nodes at all", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    await new sdk.SSM({ region: "eu-north-1" }).sendCommand(request).catch(() => {});
    expect(warn).not.toHaveBeenCalled();
  });

  it.each([
    ["null", () => ({ region: null }), "us-east-1"],
    [
      "a function that returns a FIPS region",
      () => ({ region: () => "fips-us-west-2" }),
      "us-west-2",
    ],
    ["a function that waits", () => ({ region: async () => "eu-west-1" }), "eu-west-1"],
  ])("takes a region that is %s", async (_what, config, region) => {
    await new sdk.SSM(config() as never).listCommands({});
    expect(fake.journal.entries()).toMatchObject([{ region }]);
  });

  it("gives up a sleep when its signal is aborted, on the clock of the fake", async () => {
    const runCommand = new RunCommandClient(new sdk.SSMClient({}));
    const stop = new AbortController();
    const sleeping = runCommand.clock.sleep("1h", stop.signal);
    stop.abort(new Error("enough"));
    await expect(sleeping).rejects.toThrow("enough");
    expect(runCommand.random()).toBeLessThan(1);
  });

  it("runs in virtual time as the fake itself", async () => {
    const { requestHandler } = new sdk.SSMClient({}).config as never as {
      requestHandler: { clock: FakeSsm["clock"] };
    };
    const minutes = await inVirtualTime({ clock: requestHandler.clock }, async () => {
      const begun = Date.now();
      await new Promise((resolve) => setTimeout(resolve, 3_600_000));
      return (Date.now() - begun) / 60_000;
    });
    expect(minutes).toBe(60);
  });

  it("leaves a subclass its own constructor", () => {
    class Own extends sdk.SSMClient {}
    expect(new Own({}).constructor).toBe(Own);
  });

  it.each(["default", "module.exports"])(
    "stands in for the classes of a module that has itself as %s alone, and keeps hidden exports hidden",
    async (name) => {
      const module = Object.defineProperty({ [name]: { ...ssm } }, "__esModule", { value: true });
      if (name === "module.exports") Object.assign(module, { SSM: ssm.SSM });
      const copy: object = sdkOnFake(module, () => fake);
      const inside: typeof ssm = Reflect.get(copy, name);
      await new inside.SSM({}).listCommands({});
      expect(fake.journal.entries()).toHaveLength(1);
      expect([Reflect.get(copy, "__esModule"), Object.keys(copy).includes("__esModule")]).toEqual([
        true,
        false,
      ]);
    },
  );

  it("tries three times unless the caller says otherwise, as the SDK does", async () => {
    fake.faults.throttle("ListCommands", { every: 1 });
    await new sdk.SSM({ maxAttempts: undefined as never }).listCommands({}).catch(() => {});
    expect(fake.journal.entries()).toHaveLength(3);
  });

  it("keeps the fake of a configuration that is a fake's own", async () => {
    const other = new FakeSsm();
    await new sdk.SSMClient(other.clientConfig()).send(new ssm.ListCommandsCommand({}));
    await other.client().send(new ssm.ListCommandsCommand({}));
    await new logsSdk.CloudWatchLogs(other.logs.clientConfig()).describeLogGroups({});
    await new s3Sdk.S3(other.objects.clientConfig()).headBucket({ Bucket: "none" }).catch(() => {});
    expect(other.journal.entries()).toHaveLength(4);
    expect(fake.journal.entries()).toHaveLength(0);
  });

  it("has the SDK's own classes for instanceof, in both directions", () => {
    const [own, standIn] = [new ssm.SSMClient({ region: "us-east-1" }), new sdk.SSM({})];
    expect([
      own instanceof sdk.SSMClient,
      standIn instanceof ssm.SSM,
      standIn instanceof sdk.SSMClient,
      own instanceof sdk.SSM,
    ]).toEqual([true, true, true, false]);
    expect([sdk.SSM.name, standIn.constructor]).toEqual(["SSM", sdk.SSM]);
  });

  it("leaves everything else of the module as it is", () => {
    expect(Object.keys(sdk)).toEqual(Object.keys(ssm));
    expect(sdk.SendCommandCommand).toBe(ssm.SendCommandCommand);
    expect(sdk.__Client).toBe(ssm.__Client);
  });

  it("replaces a class once, also where the module has itself as its default", () => {
    const module = { ...ssm, default: { ...ssm } };
    const both = sdkOnFake(module, () => fake);
    expect(both.default.SSM).toBe(both.SSM);
    expect(both.default.SSM).not.toBe(ssm.SSM);
  });

  it("has classes that a spy can replace", () => {
    const copy = sdkOnFake(ssm, () => fake);
    const spy = vi.spyOn(copy, "SSMClient");
    spy.mockRestore();
    expect(Object.getOwnPropertyDescriptor(copy, "SSMClient")).toMatchObject({ writable: true });
  });

  it("works with the paginators, waiters and exceptions of the SDK", async () => {
    const node = fake.nodes.add({ tags: { Role: "web" }, behavior: fails() });
    const client = new sdk.SSMClient({});
    const { Command } = await client.send(new sdk.SendCommandCommand(request));
    await fake.clock.advance("1m");
    const pages = [];
    for await (const page of sdk.paginateListCommands({ client, pageSize: 1 }, {})) {
      pages.push(page);
    }
    expect(pages).toHaveLength(1);
    const at = { CommandId: Command?.CommandId, InstanceId: node.instanceId };
    await expect(sdk.waitUntilCommandExecuted({ client, maxWaitTime: 60 }, at)).rejects.toThrow(
      /Failed/,
    );
    await expect(client.send(new sdk.CancelCommandCommand({ CommandId: "no id" }))).rejects.toThrow(
      ssm.SSMServiceException,
    );
  });

  it("tries as often as the caller says, with delays on the fake's clock", async () => {
    fake.faults.throttle("ListCommands", { every: 1 });
    await new sdk.SSM({ maxAttempts: 5 }).listCommands({}).catch(() => {});
    expect(fake.journal.entries()).toHaveLength(5);
  });

  it("asks the caller's own retry strategy, whose delays pass on the fake's clock", async () => {
    fake.faults.throttle("ListCommands", { times: 2 });
    const retryStrategy = new HourlyRetries();
    const before = fake.clock.now();
    await new sdk.SSM({ retryStrategy }).listCommands({});
    expect(fake.journal.entries()).toHaveLength(3);
    expect(fake.clock.now() - before).toBeGreaterThanOrEqual(7_200_000);
    expect(retryStrategy.succeeded).toBe(2);
  });

  it("runs the middleware of the caller", async () => {
    const client = new sdk.SSMClient({});
    const seen: string[] = [];
    client.middlewareStack.add(
      (next, { commandName }) =>
        (args) => {
          seen.push(String(commandName));
          return next(args);
        },
      { step: "initialize" },
    );
    await client.send(new ssm.ListCommandsCommand({}));
    expect(seen).toEqual(["ListCommandsCommand"]);
  });

  it("reads output from CloudWatch Logs and S3", async () => {
    fake.nodes.add({ tags: { Role: "web" }, behavior: succeeds({ stdout: "deployed\n" }) });
    await new sdk.SSM({}).sendCommand({
      ...request,
      CloudWatchOutputConfig: { CloudWatchOutputEnabled: true },
      OutputS3BucketName: "output-bucket",
    });
    await fake.clock.advance("5m");
    const { logGroups } = await new logsSdk.CloudWatchLogs({}).describeLogGroups({});
    expect(logGroups).toHaveLength(1);
    const bucket = new s3Sdk.S3({ useAccelerateEndpoint: true, bucketEndpoint: false });
    const { Contents } = await bucket.listObjectsV2({ Bucket: "output-bucket" });
    const [{ Key } = {}] = Contents ?? [];
    const { Body } = await bucket.getObject({ Bucket: "output-bucket", Key });
    expect(await Body?.transformToString()).toBe("deployed\n");
  });
});

describe("what is wrong with a stand-in", () => {
  it.each([
    [
      "a forgotten await",
      () => sdkOnFake(Promise.resolve(ssm), () => fake),
      "sdkOnFake was given a promise. Wait for the module: sdkOnFake(await importOriginal(), () => fake).",
    ],
    [
      "a promise of another kind",
      () => sdkOnFake({ then: () => {} }, () => fake),
      "sdkOnFake was given a promise. Wait for the module: sdkOnFake(await importOriginal(), () => fake).",
    ],
    [
      "another module",
      () => sdkOnFake({ EC2Client: class {} }, () => fake),
      'sdkOnFake was given { EC2Client }, which has none of SSMClient, CloudWatchLogsClient, S3Client. Give it the SDK\'s own module: what importOriginal() of Vitest resolves with, or jest.requireActual("@aws-sdk/client-ssm") returns.',
    ],
    [
      "no module",
      () => sdkOnFake(undefined, () => fake),
      'sdkOnFake was given undefined, which has none of SSMClient, CloudWatchLogsClient, S3Client. Give it the SDK\'s own module: what importOriginal() of Vitest resolves with, or jest.requireActual("@aws-sdk/client-ssm") returns.',
    ],
    [
      "a fake instead of a function",
      () => sdkOnFake(ssm, fake as never),
      "sdkOnFake was given an object of class FakeSsm as the fake. Give it a function that returns the fake: () => fake.",
    ],
  ])("is told: %s", (_what, mistake, sentence) => {
    expect(mistake).toThrow(new TypeError(sentence));
  });

  it.each([
    [
      "a function that returns nothing",
      () => undefined,
      "The function that sdkOnFake was given returned undefined. Let it return the fake of the running test, and make that before the first call.",
    ],
    [
      "a function that returns a promise",
      async () => fake,
      "The function that sdkOnFake was given returned a promise. Let it return the fake itself.",
    ],
  ])("is told at the call: %s", async (_what, getter, sentence) => {
    const { SSM } = sdkOnFake(ssm, getter as never);
    await expect(new SSM({}).listCommands({})).rejects.toMatchObject({
      name: "TypeError",
      message: sentence,
    });
  });

  it("is told at the call: a region that is none", async () => {
    await expect(new sdk.SSM({ region: "EUROPE" }).listCommands({})).rejects.toMatchObject({
      name: "TypeError",
      message:
        'A client has the region "EUROPE". Write one such as "us-east-1", or leave it out for that of the fake.',
    });
  });
});

describe("a client with the configuration of another service", () => {
  const SERVICES = [
    { name: "Systems Manager", config: () => fake.clientConfig(), written: "fake.clientConfig()" },
    {
      name: "CloudWatch Logs",
      config: () => fake.logs.clientConfig(),
      written: "fake.logs.clientConfig()",
    },
    {
      name: "S3",
      config: () => fake.objects.clientConfig(),
      written: "fake.objects.clientConfig()",
    },
  ];
  const CLIENTS = [
    {
      name: "Systems Manager",
      make: (module: typeof ssm, config: object) =>
        new module.SSMClient(config).send(new ssm.ListCommandsCommand({})),
      modules: [ssm, sdk],
      right: "new SSMClient(fake.clientConfig())",
    },
    {
      name: "CloudWatch Logs",
      make: (module: typeof logs, config: object) =>
        new module.CloudWatchLogsClient(config).send(new logs.DescribeLogGroupsCommand({})),
      modules: [logs, logsSdk],
      right: "new CloudWatchLogsClient(fake.logs.clientConfig())",
    },
    {
      name: "S3",
      make: (module: typeof s3, config: object) =>
        new module.S3Client(config).send(new s3.ListObjectsV2Command({ Bucket: "output" })),
      modules: [s3, s3Sdk],
      right: "new S3Client(fake.objects.clientConfig())",
    },
  ];
  const PAIRS = CLIENTS.flatMap(({ modules, ...client }) =>
    SERVICES.filter(({ name }) => name !== client.name).flatMap((of) =>
      [...modules.entries()].map(([index, module]) => ({
        ...{ client, of, module },
        kind: index === 0 ? "the SDK's own" : "a stand-in",
      })),
    ),
  );

  it.each(PAIRS)(
    "says what to write instead: $client.name with $of.written, $kind",
    async ({ client, of, module }) => {
      const call = async () => client.make(module as never, of.config());
      await expect(call).rejects.toMatchObject({
        name: "TypeError",
        message: `A client of ${client.name} was made with the configuration of ${of.name}, ${of.written}. Write ${client.right}.`,
      });
      expect(fake.journal.entries()).toEqual([]);
    },
  );
});
