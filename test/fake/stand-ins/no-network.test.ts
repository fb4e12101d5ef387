import dns from "node:dns";
import net from "node:net";
import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as s3 from "@aws-sdk/client-s3";
import * as ssm from "@aws-sdk/client-ssm";
import { FakeSsm, sdkOnFake } from "ssm-run-command/fake";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

/** The one export with a `send` that reaches nothing by itself: the base of all clients. */
const BASE = "__Client";

type Call = { readonly command: object; readonly operation: string };

interface SdkModule {
  readonly name: string;
  readonly module: object;
  readonly call: () => Call;
}

const MODULES: readonly SdkModule[] = [
  {
    name: "client-ssm",
    module: ssm,
    call: () => ({ command: new ssm.ListCommandsCommand({}), operation: "ListCommands" }),
  },
  {
    name: "client-cloudwatch-logs",
    module: logs,
    call: () => ({
      command: new logs.DescribeLogGroupsCommand({}),
      operation: "DescribeLogGroups",
    }),
  },
  {
    name: "client-s3",
    module: s3,
    call: () => ({
      command: new s3.ListObjectsV2Command({ Bucket: "output-bucket" }),
      operation: "ListObjectsV2",
    }),
  },
];

/** A client as these tests use one. */
interface Client {
  send(command: object): Promise<unknown>;
}
type ClientClass = new (config?: object) => Client;

/** All that a configuration can say to lead elsewhere. */
const ELSEWHERE: readonly (readonly [string, () => object | undefined])[] = [
  ["without a configuration", () => undefined],
  ["with a region", () => ({ region: "eu-west-1" })],
  ["with a region that is computed", () => ({ region: async () => "eu-west-1" })],
  ["with an endpoint", () => ({ endpoint: "http://127.0.0.1:1" })],
  [
    "with an endpoint that is computed",
    () => ({ endpoint: async () => new URL("http://[::1]:1") }),
  ],
  ["with a profile", () => ({ profile: "production", region: "us-east-1" })],
  ["with FIPS", () => ({ useFipsEndpoint: true, region: "us-gov-west-1" })],
  ["with FIPS in the region", () => ({ region: "fips-us-east-1" })],
  ["with FIPS that is computed", () => ({ useFipsEndpoint: async () => true })],
  ["with both kinds of addresses", () => ({ useDualstackEndpoint: true })],
  ["with mode auto", () => ({ defaultsMode: "auto" })],
  ["with the mode adaptive", () => ({ retryMode: "adaptive" })],
  [
    "with credentials from elsewhere",
    () => ({
      credentials: async () => {
        throw new Error("Credentials were asked for.");
      },
    }),
  ],
  [
    "with a signer of its own",
    () => ({
      signer: async () => {
        throw new Error("The caller's signer was asked for.");
      },
    }),
  ],
  [
    "with a resolver of endpoints of its own",
    () => ({
      endpointProvider: () => {
        throw new Error("The caller's endpoints were asked for.");
      },
    }),
  ],
  ["with a handler of its own", () => ({ requestHandler: new TouchyHandler() })],
  ["with options of a handler", () => ({ requestHandler: { connectionTimeout: 1 } })],
  [
    "with a runtime extension",
    () => ({
      extensions: [
        {
          configure: (extension: { setHttpHandler(handler: object): void }) =>
            extension.setHttpHandler(new TouchyHandler()),
        },
      ],
    }),
  ],
];

/** A handler that no request may reach. */
class TouchyHandler {
  handle(): never {
    throw new Error("A request reached the caller's own handler.");
  }
  updateHttpClientConfig(): void {}
  httpHandlerConfigs(): object {
    return {};
  }
}

const CLASSES = MODULES.flatMap(({ name, module, call }) =>
  Object.entries(sdkOnFake(module, () => fake))
    .filter(
      (entry): entry is [string, ClientClass] =>
        typeof entry[1] === "function" && typeof entry[1].prototype?.send === "function",
    )
    .filter(([exportName]) => exportName !== BASE)
    .map(([exportName, Class]) => ({ exportName, Class, call, name })),
);

let fake = new FakeSsm();

beforeEach(() => {
  fake = new FakeSsm({ latency: "instant" });
  vi.spyOn(net.Socket.prototype, "connect").mockImplementation(() => {
    throw new Error("A socket was opened.");
  });
  vi.spyOn(dns, "lookup").mockImplementation((() => {
    throw new Error("A name was looked up.");
  }) as never);
  vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
  vi.stubEnv("AWS_PROFILE", "production");
  vi.stubEnv("AWS_USE_FIPS_ENDPOINT", "true");
  vi.stubEnv("AWS_REGION", "ap-south-1");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe("every exported class with a send", () => {
  it("is one of the six that are known", () => {
    expect(CLASSES.map(({ exportName }) => exportName).sort()).toEqual(
      ["SSMClient", "SSM", "CloudWatchLogsClient", "CloudWatchLogs", "S3Client", "S3"].sort(),
    );
  });

  describe.each(CLASSES)("$exportName", ({ Class, call }) => {
    it.each(ELSEWHERE)("is answered by the fake alone: %s", async (_how, configOf) => {
      const { command, operation } = call();
      const config = configOf();
      const client = config === undefined ? new Class() : new Class(config);
      // S3 has no such bucket, and says so.
      await client.send(command).catch(({ name }: Error) => expect(name).toBe("NoSuchBucket"));
      expect(fake.journal.entries().map((entry) => entry.operation)).toEqual([operation]);
      expect(net.Socket.prototype.connect).not.toHaveBeenCalled();
      expect(dns.lookup).not.toHaveBeenCalled();
    });

    it("is answered by the fake when it is made of a client's constructor", async () => {
      const client = new Class();
      const Again = client.constructor as ClientClass;
      await new Again({}).send(call().command).catch(() => {});
      expect(fake.journal.entries()).toHaveLength(1);
    });

    it("is answered by the fake when it is a subclass", async () => {
      class Own extends Class {
        readonly own = true;
      }
      const client = new Own({ region: "us-east-1" });
      await client.send(call().command).catch(() => {});
      expect(fake.journal.entries()).toHaveLength(1);
      expect([client.own, client instanceof Own, client instanceof Class]).toEqual([
        true,
        true,
        true,
      ]);
    });
  });
});

describe("a client that is changed after it was made", () => {
  it.each(CLASSES)("is answered by the fake still: $exportName", async ({ Class, call }) => {
    class Proxied extends Class {
      constructor() {
        super({});
        Object.assign(configOf(this), { requestHandler: new TouchyHandler() });
      }
    }
    const client = new Class();
    Object.assign(configOf(client), { requestHandler: new TouchyHandler() });
    for (const each of [client, new Proxied()]) await each.send(call().command).catch(() => {});
    expect(fake.journal.entries()).toHaveLength(2);
  });

  it.each(CLASSES)("may lend its handler to another one: $exportName", async ({ Class, call }) => {
    const { requestHandler } = configOf(new Class());
    const second = new Class({ requestHandler, region: "us-west-2" });
    await second.send(call().command).catch(() => {});
    expect(fake.journal.entries()).toMatchObject([{ region: "us-west-2" }]);
    expect(net.Socket.prototype.connect).not.toHaveBeenCalled();
  });
});

describe("a client that has the handler of a fake", () => {
  it("keeps that fake, with all that is left out and whatever an extension says", async () => {
    const other = new FakeSsm({ latency: "instant" });
    const { requestHandler } = other.clientConfig();
    const { SSM } = sdkOnFake(ssm, () => fake);
    const extensions = [
      {
        configure: (extension: { setHttpHandler(handler: object): void }) =>
          extension.setHttpHandler(new TouchyHandler()),
      },
    ] as never;
    for (const config of [
      { requestHandler },
      { requestHandler, region: "us-west-2" },
      { ...other.clientConfig(), extensions },
    ]) {
      await new SSM(config as ssm.SSMClientConfig).listCommands({});
    }
    expect([other, fake].map(({ journal }) => journal.entries().length)).toEqual([3, 0]);
    expect(net.Socket.prototype.connect).not.toHaveBeenCalled();
  });
});

/** The configuration that a client has made of what it was given. */
function configOf(client: object): { readonly requestHandler: object } {
  return Reflect.get(client, "config");
}
