import {
  AccessDeniedException,
  InternalServerError,
  ListCommandsCommand,
  SendCommandCommand,
  type SSMClientConfig,
  SSMServiceException,
  ThrottlingException,
} from "@aws-sdk/client-ssm";
import { runShellScript } from "ssm-run-command";
import { type FakeFaults, FakeSsm, type FakeSsmOptions, succeeds } from "ssm-run-command/fake";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { realTime } from "../../../src/time/clock.ts";
import { rejectionOf } from "../../support/rejection.ts";

interface Trouble {
  readonly cause: (faults: FakeFaults) => void;
  readonly overrides?: SSMClientConfig;
  readonly options?: FakeSsmOptions;
}

/** A real client over a fake in trouble: its answer to one call, the attempts it made, and the virtual time that took. */
function aClient({ cause, overrides = {}, options = {} }: Trouble) {
  const fake = new FakeSsm({ latency: "instant", ...options });
  cause(fake.faults);
  // What watches it must not be taken for a timer of the next test.
  onTestFinished(() => fake.reset());
  const client = fake.client(overrides);
  const begun = fake.clock.now();
  return {
    fake,
    list: () => client.send(new ListCommandsCommand({})),
    attempts: () => fake.journal.entries().filter(({ type }) => type === "fault").length,
    passed: () => fake.clock.now() - begun,
  };
}

const RETRIED: readonly (readonly [string, (faults: FakeFaults, times: number) => void, object])[] =
  [
    [
      "throttling",
      (faults, times) => faults.throttle("ListCommands", { times }),
      { name: "ThrottlingException", message: "Rate exceeded" },
    ],
    [
      "an internal error",
      (faults, times) => faults.internalError("ListCommands", { times }),
      { name: "InternalServerError", $metadata: { httpStatusCode: 500 } },
    ],
    [
      "a connection reset",
      (faults, times) => faults.resetConnection("ListCommands", { times }),
      { code: "ECONNRESET", message: "socket hang up" },
    ],
  ];

describe.each(RETRIED)("the SDK over %s", (_, strike, error) => {
  it("gets through at the attempt after the last strike", async () => {
    const { list } = aClient({ cause: (faults) => strike(faults, 2) });
    expect((await list()).$metadata.attempts).toBe(3);
  });

  it("gives up after three attempts with what struck it", async () => {
    const { list } = aClient({ cause: (faults) => strike(faults, 99) });
    expect(await rejectionOf(list())).toMatchObject(error);
  });

  it.each([1, 2, 5])("makes %i attempts when maxAttempts says so", async (maxAttempts) => {
    const { list, attempts } = aClient({
      cause: (faults) => strike(faults, 99),
      overrides: { maxAttempts },
    });
    await rejectionOf(list());
    expect(attempts()).toBe(maxAttempts);
  });

  it("sleeps between attempts on the fake's clock", async () => {
    const { list, passed } = aClient({ cause: (faults) => strike(faults, 2) });
    await list();
    expect(passed()).toBeGreaterThan(0);
  });

  it("sets no real timer", async () => {
    const after = vi.spyOn(realTime, "after");
    const { list } = aClient({
      cause: (faults) => strike(faults, 6),
      overrides: { maxAttempts: 7 },
    });
    await list();
    expect(after).not.toHaveBeenCalled();
  });

  it("has done nothing twice", async () => {
    const { list, fake } = aClient({ cause: (faults) => strike(faults, 2) });
    await list();
    expect(fake.journal.entries().map(({ type }) => type)).toEqual(["fault", "fault", "call"]);
  });
});

const NOT_RETRIED: readonly (readonly [string, (faults: FakeFaults) => void, object])[] = [
  [
    "an expired token",
    (faults) => faults.expireToken("ListCommands", { every: 1 }),
    {
      name: "ExpiredTokenException",
      message: "The security token included in the request is expired",
    },
  ],
  [
    "denied access",
    (faults) => faults.denyAccess("ListCommands", { every: 1 }),
    {
      name: "AccessDeniedException",
      message:
        "User: arn:aws:iam::123456789012:user/fake is not authorized to perform: ssm:ListCommands on resource: arn:aws:ssm:us-east-1:123456789012:* because no identity-based policy allows the ssm:ListCommands action",
    },
  ],
  [
    "a broken body",
    (faults) => faults.breakBody("ListCommands", { every: 1 }),
    { name: "SyntaxError" },
  ],
];

describe.each(NOT_RETRIED)("the SDK over %s", (_, cause, error) => {
  it("hands it to the caller", async () => {
    const { list } = aClient({ cause });
    expect(await rejectionOf(list())).toMatchObject(error);
  });

  it("makes one attempt", async () => {
    const { list, attempts } = aClient({ cause });
    await rejectionOf(list());
    expect(attempts()).toBe(1);
  });

  it("gets the same error from the object API", async () => {
    const { fake } = aClient({ cause });
    expect(await rejectionOf(fake.listCommands({}))).toMatchObject(error);
  });
});

describe("what the SDK throws", () => {
  it.each<[string, (faults: FakeFaults) => void, abstract new (...args: never[]) => Error]>([
    ["ThrottlingException", (faults) => faults.throttle("*", { every: 1 }), ThrottlingException],
    [
      "InternalServerError",
      (faults) => faults.internalError("*", { every: 1 }),
      InternalServerError,
    ],
    [
      "AccessDeniedException",
      (faults) => faults.denyAccess("*", { every: 1 }),
      AccessDeniedException,
    ],
    ["SSMServiceException", (faults) => faults.expireToken("*", { every: 1 }), SSMServiceException],
    ["SyntaxError", (faults) => faults.breakBody("*", { every: 1 }), SyntaxError],
  ])("is of its own class: %s", async (_, cause, ofClass) => {
    expect(await rejectionOf(aClient({ cause }).list())).toBeInstanceOf(ofClass);
  });

  it("names the operation that was denied when all are", async () => {
    const { list } = aClient({ cause: (faults) => faults.denyAccess("*", { every: 1 }) });
    expect(await rejectionOf(list())).toMatchObject({
      message:
        "User: arn:aws:iam::123456789012:user/fake is not authorized to perform: ssm:ListCommands on resource: arn:aws:ssm:us-east-1:123456789012:* because no identity-based policy allows the ssm:ListCommands action",
    });
  });
});

describe("a broken body", () => {
  it("comes after the service has done what it was asked", async () => {
    const { fake } = aClient({
      cause: (faults) => faults.breakBody("SendCommand", { times: 1 }),
      options: { nodes: [{}] },
    });
    const InstanceIds = ["i-00000000000000001"];
    const send = new SendCommandCommand({ ...runShellScript("./deploy.sh"), InstanceIds });
    await rejectionOf(fake.client().send(send));
    expect((await fake.listCommands({})).Commands).toHaveLength(1);
  });
});

describe("a slow answer", () => {
  const slow = (faults: FakeFaults) => faults.slow("ListCommands", { every: 1, by: "2s" });

  it("takes virtual time", async () => {
    const { list, passed } = aClient({ cause: slow });
    await list();
    expect(passed()).toBe(2_000);
  });

  it("is an answer all the same", async () => {
    const { list } = aClient({ cause: slow });
    expect((await list()).Commands).toEqual([]);
  });

  it("shows what happened meanwhile", async () => {
    const behavior = succeeds({ after: "1s" });
    const { fake } = aClient({ cause: slow, options: { nodes: [{ behavior }] } });
    await fake.sendCommand({
      ...runShellScript("./deploy.sh"),
      InstanceIds: ["i-00000000000000001"],
    });
    expect((await fake.listCommands({})).Commands?.[0]?.Status).toBe("Success");
  });

  it("can be given up by its caller", async () => {
    const { fake } = aClient({ cause: slow });
    const controller = new AbortController();
    const listed = rejectionOf(fake.listCommands({}, { abortSignal: controller.signal }));
    controller.abort();
    expect(await listed).toMatchObject({ name: "AbortError" });
  });
});

describe("the same seed", () => {
  it("makes a client get past random faults in the same virtual time", async () => {
    const time = async () => {
      const { list, passed } = aClient({
        cause: (faults) => faults.throttle("ListCommands", { probability: 0.5 }),
        overrides: { maxAttempts: 50 },
      });
      for (let call = 0; call < 10; call++) await list();
      return passed();
    };
    expect(await time()).toBe(await time());
  });
});
