import { SSMClient } from "@aws-sdk/client-ssm";
import {
  type CommandOutcome,
  explain,
  MaybeSentError,
  RunCommandClient,
  runShellScript,
  type SendRequest,
  type SentCommand,
  tagTargets,
} from "ssm-run-command";
import {
  assertSentOnce,
  FakeSsm,
  type FakeSsmOptions,
  fails,
  hangs,
  type NodeOptions,
  succeeds,
} from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { INVOCATION_KINDS } from "../../src/client/outcomes/outcome.ts";
import { aSource } from "./waiting/a-source.ts";

/** Something that may lawfully happen to a command. */
interface World {
  readonly nodes: readonly NodeOptions[];
  readonly request?: Partial<SendRequest>;
  readonly options?: FakeSsmOptions;
  /** Trouble that is ordered before the send. */
  readonly prepare?: (fake: FakeSsm) => void;
  readonly ends: CommandOutcome["kind"];
}

const many = (count: number, options: NodeOptions = {}): readonly NodeOptions[] =>
  Array.from({ length: count }, () => options);
const slow = succeeds({ after: "30s" });
const failing = fails({ exitCode: 7, stderr: "disk full\n", after: "20s" });
const ALARM = { AlarmConfiguration: { Alarms: [{ Name: "cpu" }] } };

const WORLDS: Readonly<Record<string, World>> = {
  "every node succeeds": { nodes: many(3, { behavior: slow }), ends: "succeeded" },
  "a node fails": { nodes: [{ behavior: failing }, { behavior: slow }], ends: "failed" },
  "a node fails, within MaxErrors": {
    nodes: [{ behavior: failing }, { behavior: slow }],
    request: { MaxErrors: "1" },
    ends: "incomplete",
  },
  "errors exceed MaxErrors half way": {
    nodes: many(8, { behavior: failing }),
    request: { MaxConcurrency: "2", MaxErrors: "1" },
    ends: "failed",
  },
  "a script without end is killed": { nodes: [{ behavior: hangs() }], ends: "failed" },
  "a node never answers": { nodes: [{ agent: "unreachable" }], ends: "deliveryTimedOut" },
  "a node cannot be reached, and another succeeds": {
    nodes: [{ agent: "undeliverable" }, { behavior: slow }],
    ends: "succeeded",
  },
  "no node matches": { nodes: [], ends: "noTargets" },
  "another caller cancels it": {
    nodes: many(3, { behavior: hangs() }),
    prepare: (fake) => {
      void fake.clock.sleep("40s").then(async () => {
        const { Commands } = await fake.listCommands({});
        await fake.cancelCommand({ CommandId: Commands?.[0]?.CommandId });
      });
    },
    ends: "cancelled",
  },
  "an alarm ends it": {
    nodes: many(2, { behavior: hangs() }),
    request: ALARM,
    prepare: (fake) => {
      fake.alarms.set("cpu", "OK");
      void fake.clock.sleep("90s").then(() => fake.alarms.set("cpu", "ALARM"));
    },
    ends: "failed",
  },
  "the account has too many invocations": {
    nodes: many(3),
    options: { settings: { pendingInvocationQuota: 2 } },
    ends: "limitExceeded",
  },
  "a node is Delayed, and comes back": {
    nodes: [{ agent: "unreachable", behavior: slow }],
    prepare: (fake) => {
      void fake.clock.sleep("5m").then(() => fake.nodes.list()[0]?.comeBack());
    },
    ends: "succeeded",
  },
  "the command is visible late": {
    nodes: many(3, { behavior: slow }),
    options: { latency: { visibilityDelay: "12s", targetExpansionDelay: "9s" } },
    prepare: (fake) => {
      const until = fake.clock.now() + 8_000;
      fake.on("ListCommands", ({ at }) => (at < until ? { answer: { Commands: [] } } : undefined));
    },
    ends: "succeeded",
  },
  "the fleet ends at a page boundary": {
    nodes: [...many(99, { behavior: slow }), { behavior: failing }],
    request: { MaxConcurrency: "100%", MaxErrors: "100%" },
    ends: "incomplete",
  },
  "the account is throttled": {
    nodes: [...many(60, { behavior: slow }), { behavior: failing }],
    request: { MaxConcurrency: "100%", MaxErrors: "100%" },
    prepare: (fake) => {
      fake.faults.limitRate("*", { perSecond: 1 });
      fake.faults.throttle("ListCommands", { every: 3 });
    },
    ends: "incomplete",
  },
  "the answer to the send is lost": {
    nodes: [{ behavior: failing }],
    prepare: (fake) => void fake.faults.loseAnswer("SendCommand", { times: 1 }),
    ends: "failed",
  },
  "the answer to the send takes too long": {
    nodes: [{ behavior: slow }],
    prepare: (fake) => void fake.faults.loseAnswer("SendCommand", { times: 1, as: "timeout" }),
    ends: "succeeded",
  },
  "the service fails for a minute after the send": {
    nodes: many(2, { behavior: failing }),
    prepare: (fake) => {
      const remove = fake.on("SendCommand", () => {
        remove();
        for (const operation of ["ListCommandInvocations", "GetCommandInvocation"] as const) {
          fake.faults.internalError(operation, { until: "1m" });
        }
        fake.faults.internalError("ListCommands", { from: "10s", until: "1m" });
        return undefined;
      });
    },
    ends: "failed",
  },
};

/** Sends, and finds the command if nobody knows whether it was sent. */
async function sendOrFind(
  runCommand: RunCommandClient,
  request: SendRequest,
): Promise<SentCommand> {
  try {
    return await runCommand.send(request);
  } catch (error) {
    const found = error instanceof MaybeSentError ? await error.find() : undefined;
    if (found === undefined) throw error;
    return found;
  }
}

/** A job that is started again when it fails, as a scheduler does it. */
async function runJob(
  runCommand: RunCommandClient,
  request: SendRequest,
  fake: FakeSsm,
): Promise<SentCommand> {
  for (;;) {
    const sent = await runCommand.send(request, { once: "deploy-1a2b" }).catch(() => undefined);
    if (sent !== undefined) return sent;
    await fake.clock.sleep("7s");
  }
}

/** Looks until the command has ended; a look that fails is made again later, as a scheduler does it. */
async function lookOn(sent: SentCommand, fake: FakeSsm): Promise<CommandOutcome> {
  for (;;) {
    const look = await sent.look().catch(() => undefined);
    if (look !== undefined && look.kind !== "running" && look.kind !== "unknown") return look;
    await fake.clock.sleep("7s");
  }
}

type Way = (
  runCommand: RunCommandClient,
  request: SendRequest,
  fake: FakeSsm,
) => Promise<CommandOutcome>;

const WAYS: Readonly<Record<string, Way>> = {
  "send().waitForTerminal()": async (runCommand, request) =>
    (await sendOrFind(runCommand, request)).waitForTerminal(),
  "once, by two runs of one job": async (runCommand, request, fake) => {
    const first = await runJob(runCommand, request, fake);
    await fake.clock.sleep("15s");
    const second = await runJob(runCommand, request, fake);
    expect([second.adopted, second.commandId]).toEqual([true, first.commandId]);
    return second.waitForTerminal();
  },
  "waits that are woken": async (runCommand, request, fake) => {
    const source = aSource();
    fake.notifications.on((told) => source.push(told));
    const sent = await sendOrFind(runCommand, request);
    const outcome = await sent.waitForTerminal({ wakeOn: source.wakeOn, pollEvery: "5m" });
    expect(source.seen.closed).toBe(true);
    return outcome;
  },
  "looks, one after another": async (runCommand, request, fake) =>
    lookOn(await sendOrFind(runCommand, request), fake),
};

describe.each(Object.keys(WAYS))("%s", (way) => {
  describe.each(["measured", "worst"] as const)("on a service that is %s", (latency) => {
    it.each(Object.keys(WORLDS))("tells the truth, of one command: %s", async (name) => {
      const { nodes, request, options, prepare, ends } = WORLDS[name]!;
      const late =
        typeof options?.latency === "object" ? { ...options.latency, otherwise: latency } : latency;
      const fake = new FakeSsm({ ...options, latency: late });
      for (const node of nodes) fake.nodes.add({ tags: { Role: "web" }, ...node });
      prepare?.(fake);
      const runCommand = new RunCommandClient(new SSMClient(fake.clientConfig()));
      const whole = {
        ...runShellScript("./deploy.sh"),
        Targets: tagTargets({ Role: "web" }),
        ...request,
      };
      const outcome = await WAYS[way]!(runCommand, whole as SendRequest, fake);

      assertSentOnce(fake);
      expect(outcome.kind).toBe(ends);
      const [{ invocations }] = fake.records() as [ReturnType<FakeSsm["records"]>[number]];
      const kindOf = ({ detail }: (typeof invocations)[number]) =>
        INVOCATION_KINDS[detail as keyof typeof INVOCATION_KINDS];
      const told = outcome.invocations.map(({ instanceId, kind }) => [instanceId, kind]).sort();
      expect(told).toEqual(invocations.map((each) => [each.instanceId, kindOf(each)]).sort());
      // What the client says of it is what the fake knows of it.
      const own = fake.explain(outcome.command.CommandId).causes;
      expect(explain(outcome).causes).toEqual(own.map(({ source, ...cause }) => cause));
    });
  });
});
