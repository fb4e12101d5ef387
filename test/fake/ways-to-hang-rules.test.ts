import { ListDocumentsCommand } from "@aws-sdk/client-ssm";
import { RunCommandClient, runShellScript, scaledClock, systemClock } from "ssm-run-command";
import { FakeSsm, type FakeSsmOptions, succeeds, type VirtualClock } from "ssm-run-command/fake";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Clock, DRIVEN, realTime } from "../../src/time/clock.ts";
import { hearWarnings } from "../support/heard-warnings.ts";
import { fakeRealTime } from "../support/real-time.ts";
import { tellCurrentTask } from "../support/worker-that-tells.ts";

const [NODE, OTHER] = ["i-00000000000000001", "i-00000000000000002"];
const REQUEST = { ...runShellScript("./deploy.sh"), InstanceIds: [NODE] };
const slow = succeeds({ after: "1h" });

/** A command that takes an hour, and what the fake says. Its calls take no time, so that the tests count real time alone. */
async function sent<C extends Clock = VirtualClock>(options: FakeSsmOptions<C> = {}) {
  const { texts } = hearWarnings();
  const nodes = [{ behavior: slow }, { behavior: succeeds() }];
  const fake = new FakeSsm<C>({ nodes, latency: "instant", ...options });
  const { Command } = await fake.sendCommand(REQUEST);
  const CommandId = Command?.CommandId ?? "";
  const look = () => fake.getCommandInvocation({ CommandId, InstanceId: NODE });
  return { fake, CommandId, look, texts };
}

/** Looks again and again, so many real milliseconds apart; `first` resolves when it has looked once. */
function poll(look: () => Promise<unknown>, { every }: { readonly every: number }) {
  const poller = { looks: 0, first: Promise.resolve() };
  const again = async () => {
    poller.looks++;
    await look().catch(() => {});
    setTimeout(again, every);
  };
  poller.first = again();
  return poller;
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  fakeRealTime();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a test is told within two real seconds", () => {
  it("that polls every five, before its second look", async () => {
    const { look, texts } = await sent();
    const poller = poll(look, { every: 5_000 });
    await pass(2_000);
    expect([poller.looks, texts]).toEqual([1, [expect.stringContaining("for 1.8 real seconds")]]);
  });

  it("that sleeps for five before its first look, as soon as it looks", async () => {
    const { look, texts } = await sent();
    await pass(5_000);
    expect(texts).toEqual([]);
    await look();
    await pass(200);
    expect(texts).toEqual([expect.stringContaining("has not moved for 5.2 real seconds")]);
  });

  it("whose calls take a second each, however many it begins with", async () => {
    const { look, texts } = await sent({ callTakes: "1s" });
    const poller = poll(look, { every: 2_500 });
    await poller.first;
    await pass(2_000);
    expect([poller.looks, texts]).toEqual([1, [expect.stringContaining("has moved by 1.0 s")]]);
  });

  it("that looks once and never again", async () => {
    const { look, texts } = await sent();
    await look();
    await pass(2_000);
    expect(texts).toHaveLength(1);
  });

  it("not before 1.8 of them have passed", async () => {
    const { look, texts } = await sent();
    await look();
    await pass(1_799);
    expect(texts).toEqual([]);
    await pass(1);
    expect(texts).toHaveLength(1);
  });

  it.each<[how: string, look: (fake: FakeSsm, CommandId: string) => Promise<unknown>]>([
    ["lists commands", (fake) => fake.listCommands({})],
    ["lists invocations", (fake, CommandId) => fake.listCommandInvocations({ CommandId })],
    [
      "asks for a command that does not exist",
      (fake) =>
        fake.getCommandInvocation({
          CommandId: "00000000-0000-4000-8000-000000000000",
          InstanceId: NODE,
        }),
    ],
    [
      "is throttled",
      (fake, CommandId) => {
        fake.faults.throttle("ListCommands", { every: 1 });
        return fake.listCommands({ CommandId });
      },
    ],
    [
      "loses its connection",
      (fake, CommandId) => {
        fake.faults.resetConnection("ListCommands", { every: 1 });
        return fake.listCommands({ CommandId });
      },
    ],
    [
      "is answered by a handler",
      (fake) => {
        fake.on("ListCommands", () => ({ answer: { Commands: [] } }));
        return fake.listCommands({});
      },
    ],
  ])("that %s", async (_, look) => {
    const { fake, CommandId, texts } = await sent();
    await look(fake, CommandId).catch(() => {});
    await pass(2_000);
    expect(texts).toEqual([expect.stringContaining(`Somebody looks at command ${CommandId} (`)]);
  });

  it("that was refused an invocation without a record", async () => {
    const { look, texts } = await sent({ latency: { visibilityDelay: "10s" } });
    await expect(look()).rejects.toThrow();
    await pass(2_000);
    expect(texts).toEqual([expect.stringContaining("(GetCommandInvocation) while it is open")]);
  });

  it("about a region beside the fake's own", async () => {
    const { fake, texts } = await sent({ latency: { targetExpansionDelay: "10s" } });
    const ssm = fake.servicesIn("eu-west-1", () => true)?.ssm;
    const headers = (name: string) => ({ "X-Amz-Target": `AmazonSSM.${name}` });
    const call = (name: string, input: object) =>
      ssm?.({ method: "POST", headers: headers(name), body: JSON.stringify(input) });
    const byTag = { ...runShellScript("uptime"), Targets: [{ Key: "tag:a", Values: ["b"] }] };
    await call("SendCommand", byTag);
    const Filters = [{ key: "Status", value: "Pending" }];
    await call("ListCommands", { Filters });
    await pass(2_000);
    expect(texts).toEqual([expect.stringContaining("the fake is served over HTTP")]);
  });
});

describe("a test is told", () => {
  it("once, however long it hangs", async () => {
    const { look, texts } = await sent();
    poll(look, { every: 500 });
    await pass(60_000);
    expect(texts).toHaveLength(1);
  });

  it("once more after a reset", async () => {
    const { fake, look, texts } = await sent();
    await look();
    await pass(2_000);
    await fake.reset();
    await fake.sendCommand(REQUEST);
    await fake.listCommands({});
    await pass(2_000);
    expect(texts).toHaveLength(2);
  });

  it("in a period of its own length", async () => {
    const { look, texts } = await sent({ warnAfter: "10s" });
    await look();
    await pass(9_999);
    expect(texts).toEqual([]);
    await pass(1);
    expect(texts).toEqual([expect.stringContaining("for 10.0 real seconds")]);
  });

  it("when time has moved and then stands still under its looks", async () => {
    const { fake, look, texts } = await sent();
    await look();
    await fake.clock.advance("10s");
    poll(look, { every: 500 });
    await pass(1_800);
    expect(texts).toEqual([]);
    await pass(1_800);
    expect(texts).toHaveLength(1);
  });

  it("how far the calls have moved time, when that is slower than real time", async () => {
    const { look, texts } = await sent({ callTakes: "100ms" });
    await poll(look, { every: 500 }).first;
    await pass(1_799);
    await vi.waitFor(async () => {
      await pass(1);
      expect(texts).toEqual([
        expect.stringMatching(
          /virtual time has moved by 0\.[1-9] s only in 1\.8 real seconds, which is what calls themselves took: /,
        ),
      ]);
    });
  });

  it("how far faults have delayed the calls, when that is slower than real time", async () => {
    const { fake, look, texts } = await sent();
    fake.faults.slow("GetCommandInvocation", { every: 1, by: "100ms" });
    poll(look, { every: 500 });
    await vi.waitFor(async () => {
      await pass(100);
      expect(texts).toEqual([expect.stringContaining("which is what calls themselves took")]);
    });
  });
});

describe("nothing is said", () => {
  it("to a test that sends and never looks", async () => {
    const { texts } = await sent();
    await pass(60_000);
    expect(texts).toEqual([]);
  });

  it("about a command that is over", async () => {
    const { fake, texts } = await sent();
    const over = await fake.sendCommand({ ...REQUEST, InstanceIds: [OTHER] });
    await fake.listCommands({ CommandId: over.Command?.CommandId });
    await pass(60_000);
    expect(texts).toEqual([]);
  });

  it("about an invocation that is over, though its command is open", async () => {
    const { fake, texts } = await sent();
    const { Command } = await fake.sendCommand({ ...REQUEST, InstanceIds: [NODE, OTHER] });
    const CommandId = Command?.CommandId ?? "";
    await fake.getCommandInvocation({ CommandId, InstanceId: OTHER });
    await pass(60_000);
    expect(texts).toEqual([]);
  });

  it("when the command has ended since the last look", async () => {
    const { fake, look, texts } = await sent();
    await look();
    await fake.clock.advance("1h");
    await look();
    await pass(60_000);
    expect(texts).toEqual([]);
  });

  it("when somebody waits on the clock of the fake", async () => {
    const { fake, look, texts } = await sent();
    await look();
    await new RunCommandClient(fake).send(REQUEST).then((each) => each.waitForTerminal());
    await pass(60_000);
    expect(texts).toEqual([]);
  });

  it("while a test advances the clock between its looks", async () => {
    const { fake, look, texts } = await sent();
    for (let time = 0; time < 20; time++) {
      await look();
      await fake.clock.advance("1s");
      await pass(1_000);
    }
    expect(texts).toEqual([]);
  });

  it("when calls move time faster than real time", async () => {
    const { look, texts } = await sent({ callTakes: "1s" });
    const poller = poll(look, { every: 500 });
    for (let time = 0; time < 200; time++) {
      await pass(100);
      await realTime.nextTurn();
      await realTime.nextTurn();
    }
    expect([poller.looks > 20, texts]).toEqual([true, []]);
  });

  it.each<[what: string, begin: (given: Awaited<ReturnType<typeof sent>>) => unknown]>([
    ["looked", ({ look }) => look()],
    ["listens", ({ fake }) => fake.notifications.on(() => {})],
    [
      "waits for a handler",
      ({ fake, look }) => {
        fake.on("*", () => new Promise<never>(() => {}));
        void look();
      },
    ],
  ])("about a fake that an ended test has left behind and that %s", async (_, begin) => {
    const test = { type: "test", result: { state: "run", startTime: 0 } };
    const current = { ...test, file: { type: "suite", tasks: [test] } };
    tellCurrentTask({ current });
    const given = await sent();
    await begin(given);
    test.result.state = "pass";
    await pass(60_000);
    vi.unstubAllGlobals();
    expect(given.texts).toEqual([]);
  });

  it("when the fake was reset since the last look", async () => {
    const { fake, look, texts } = await sent();
    await look();
    await fake.reset();
    await pass(60_000);
    expect(texts).toEqual([]);
  });

  it.each([
    ["the wall clock", systemClock],
    ["a scaled clock", scaledClock(60)],
    ["a slow clock, while calls take their time on it", scaledClock(0.1)],
  ])("on %s, which moves by itself", async (_, clock) => {
    const sending = sent({ clock, callTakes: "300ms" });
    await pass(5_000);
    const { look, texts } = await sending;
    const poller = poll(look, { every: 500 });
    await pass(30_000);
    expect([poller.looks > 5, texts]).toEqual([true, []]);
  });
});

describe("while work is under way", () => {
  it.each(["hold", "flow"] as const)(
    "that lets time %s, nothing is said; after it, it is",
    async (kind) => {
      const { fake, look, texts } = await sent();
      const end = fake.clock[DRIVEN][kind]();
      // A look would wait for what holds time only if that were a behavior.
      await look();
      await pass(20_000);
      expect(texts).toEqual([]);
      end();
      await pass(3_600);
      expect(texts).toHaveLength(1);
    },
  );
});

describe("the watch", () => {
  it("goes on no longer than anybody looks, when time moves", async () => {
    const { fake, look } = await sent();
    await look();
    const after = vi.mocked(realTime.after);
    for (let time = 0; time < 10; time++) {
      await fake.clock.advance("1s");
      await pass(1_800);
    }
    after.mockClear();
    await fake.clock.advance("1s");
    await pass(60_000);
    expect(after).not.toHaveBeenCalled();
  });

  it("keeps no process alive", async () => {
    const { fake, look } = await sent();
    fake.on("ListDocuments", () => undefined);
    fake.notifications.on(() => {});
    await look();
    await pass(1_700);
    const calls = vi.mocked(realTime.after).mock.calls;
    const kept = calls.filter(([, , options]) => options?.background !== true);
    // One for the listener, which the look replaces, and the two parts of what follows.
    expect([calls.length, kept]).toEqual([3, []]);
  });

  it("sets one timer, however many look", async () => {
    const { look } = await sent();
    for (let time = 0; time < 100; time++) await look();
    expect(vi.mocked(realTime.after)).toHaveBeenCalledTimes(1);
  });

  it("waits for a handler no longer than it takes", async () => {
    const { fake, texts } = await sent();
    fake.on("ListDocuments", async () => {
      await new Promise((resolve) => setTimeout(resolve, 1_700));
      return undefined;
    });
    const listed = fake.client().send(new ListDocumentsCommand({}));
    await pass(1_700);
    await listed;
    await pass(20_000);
    expect(texts).toEqual([]);
  });
});
