import type {
  CreateLogGroupCommandInput,
  DescribeLogGroupsCommandInput,
  DescribeLogStreamsCommandInput,
  FilterLogEventsCommandInput,
  GetLogEventsCommandInput,
  PutRetentionPolicyCommandInput,
} from "@aws-sdk/client-cloudwatch-logs";
import type { ListObjectsV2CommandInput } from "@aws-sdk/client-s3";
import type { SendCommandCommandInput } from "@aws-sdk/client-ssm";
import { type Clock, systemClock } from "ssm-run-command";
import {
  type AgentBehavior,
  type AssertionError,
  assertReached,
  assertSent,
  assertSentOnce,
  assertSucceeded,
  byDocument,
  byPlugin,
  type CallHandler,
  type FakeFaults,
  FakeSsm,
  fails,
  hangs,
  inOrder,
  type JournalEntry,
  killed,
  type OperationName,
  type PluginResult,
  type PluginRun,
  reboots,
  succeeds,
  when,
} from "ssm-run-command/fake";
import { describe, expectTypeOf, it } from "vitest";

type FaultWhen = Parameters<FakeFaults["throttle"]>[1];
type HandledCall = Parameters<CallHandler>[0];
type HandlerResult = Awaited<ReturnType<CallHandler>>;

describe("a behavior that chooses", () => {
  it("is plain data, and a behavior", () => {
    expectTypeOf(inOrder(fails(), succeeds())).toEqualTypeOf<AgentBehavior>();
    expectTypeOf(byPlugin({ install: fails() })).toEqualTypeOf<AgentBehavior>();
    expectTypeOf(byDocument({ release: fails() }, hangs())).toEqualTypeOf<AgentBehavior>();
    expectTypeOf(when(() => true, fails())).toEqualTypeOf<AgentBehavior>();
  });

  it("chooses among behaviors of any kind", () => {
    const function_ = ({ attempt }: PluginRun) => (attempt === 1 ? reboots() : succeeds());
    expectTypeOf(inOrder(function_, inOrder(killed()), byPlugin({}))).toExtend<AgentBehavior>();
    // @ts-expect-error a behavior is not a string
    inOrder("fails");
    // @ts-expect-error behaviors by name are behaviors
    byPlugin({ install: 7 });
  });

  it("is not a result: a function cannot return it", () => {
    expectTypeOf(inOrder(fails())).not.toExtend<PluginResult>();
    expectTypeOf(() => when(() => true, fails())).not.toExtend<AgentBehavior>();
  });

  it("asks its predicate about a run, and wants a boolean", () => {
    when((run) => {
      expectTypeOf(run).toEqualTypeOf<PluginRun>();
      return run.node.tags["Role"] === "web";
    }, fails());
    // @ts-expect-error a string is not a boolean
    when((run) => run.script, fails());
  });
});

describe("a fault", () => {
  const { faults } = new FakeSsm();

  it("says when it strikes in one of three ways", () => {
    expectTypeOf<{ every: 3 }>().toExtend<FaultWhen>();
    expectTypeOf<{ times: 2 }>().toExtend<FaultWhen>();
    expectTypeOf<{ probability: 0.5 }>().toExtend<FaultWhen>();
    expectTypeOf<Record<never, never>>().not.toExtend<FaultWhen>();
    // @ts-expect-error a fault says when
    faults.throttle("SendCommand");
    // @ts-expect-error no such word
    faults.throttle("SendCommand", { often: 3 });
  });

  it("says in which window of time it strikes, alone or beside one of the three", () => {
    expectTypeOf<{ from: "1m" }>().toExtend<FaultWhen>();
    expectTypeOf<{ until: "30s" }>().toExtend<FaultWhen>();
    expectTypeOf<{ from: "1m"; until: "2m" }>().toExtend<FaultWhen>();
    expectTypeOf<{ from: undefined; until: "2m" }>().toExtend<FaultWhen>();
    expectTypeOf<{ times: 2; from: "1m"; until: undefined }>().toExtend<FaultWhen>();
    expectTypeOf<{ from: undefined }>().not.toExtend<FaultWhen>();
    faults.slow("ListCommands", { until: "1m", by: "2s" });
    // @ts-expect-error a minute or a second?
    faults.throttle("SendCommand", { from: "1" });
    // @ts-expect-error numbers have no unit
    faults.throttle("SendCommand", { times: 1, until: 30 });
    // @ts-expect-error no such word
    faults.throttle("SendCommand", { from: "1m", to: "2m" });
  });

  it("that is slow says by how much, with its unit", () => {
    faults.slow("ListCommands", { every: 1, by: "2s" });
    // @ts-expect-error by how much?
    faults.slow("ListCommands", { every: 1 });
    // @ts-expect-error two of what?
    faults.slow("ListCommands", { every: 1, by: "2" });
  });

  it("that loses answers may say what the caller sees", () => {
    faults.loseAnswer("SendCommand", { times: 1 });
    faults.loseAnswer("*", { until: "1m", as: "timeout" });
    faults.loseAnswer("SendCommand", { times: 1, as: undefined });
    // @ts-expect-error no such word
    faults.loseAnswer("SendCommand", { times: 1, as: "time-out" });
    // @ts-expect-error a fault says when
    faults.loseAnswer("SendCommand", { as: "reset" });
  });

  it("that limits the rate says how many calls pass in a second", () => {
    faults.limitRate("ListCommands", { perSecond: 5 });
    faults.limitRate("*", { perSecond: 0.5, from: "1m", until: undefined });
    // @ts-expect-error how many?
    faults.limitRate("ListCommands", { from: "1m" });
    // @ts-expect-error it strikes whatever is beyond the rate
    faults.limitRate("ListCommands", { perSecond: 5, every: 3 });
  });

  it("hands out what takes it away", () => {
    expectTypeOf(faults.denyAccess("*", { every: 1 })).toEqualTypeOf<() => void>();
    expectTypeOf(faults.unused()).toEqualTypeOf<readonly string[]>();
  });

  it("stands in the journal with what it did", () => {
    expectTypeOf<Extract<JournalEntry, { type: "fault" }>["fault"]>().toEqualTypeOf<
      "refuse" | "delay" | "resetConnection" | "breakBody" | "loseAnswer"
    >();
  });
});

describe("the journal", () => {
  it("has the input of each operation, asked for or looked at", () => {
    const { journal } = new FakeSsm();
    for (const entry of journal.entries()) {
      if (entry.operation !== "SendCommand") continue;
      expectTypeOf(entry.input).toEqualTypeOf<SendCommandCommandInput>();
    }
    const [first] = journal.entries("GetLogEvents");
    expectTypeOf(first?.input.logStreamName).toEqualTypeOf<string | undefined>();
    // @ts-expect-error no operation
    journal.entries("SendComand");
  });

  it("knows the requests of CloudWatch Logs as the SDK has them", () => {
    type Input<Operation extends OperationName> = JournalEntry<Operation>["input"];
    expectTypeOf<GetLogEventsCommandInput>().toExtend<Input<"GetLogEvents">>();
    expectTypeOf<FilterLogEventsCommandInput>().toExtend<Input<"FilterLogEvents">>();
    expectTypeOf<DescribeLogGroupsCommandInput>().toExtend<Input<"DescribeLogGroups">>();
    expectTypeOf<DescribeLogStreamsCommandInput>().toExtend<Input<"DescribeLogStreams">>();
    expectTypeOf<CreateLogGroupCommandInput>().toExtend<Input<"CreateLogGroup">>();
    expectTypeOf<PutRetentionPolicyCommandInput>().toExtend<Input<"PutRetentionPolicy">>();
    expectTypeOf<ListObjectsV2CommandInput>().toExtend<Input<"ListObjectsV2">>();
  });
});

describe("a handler", () => {
  const fake = new FakeSsm();

  it("receives a call, and passes, answers or refuses, sooner or later", () => {
    fake.on("SendCommand", (call) => {
      expectTypeOf(call).toExtend<HandledCall>();
      expectTypeOf(call.operation).toEqualTypeOf<"SendCommand">();
      expectTypeOf(call.input).toEqualTypeOf<SendCommandCommandInput>();
      return undefined;
    });
    fake.on("*", (call) => {
      expectTypeOf(call).toEqualTypeOf<HandledCall>();
      return { answer: { anything: 1 } };
    });
    const ofAny: CallHandler = ({ operation }) => ({ refuse: { name: operation } });
    fake.on("GetLogEvents", ofAny);
    // @ts-expect-error no answer of ListCommands has Command, but Commands
    fake.on("ListCommands", () => ({ answer: { Command: [] } }));
    fake.on("ListCommands", () => ({ answer: { Commands: [{ CommandId: "c" }] } }));
    // @ts-expect-error no member of the input
    fake.on("SendCommand", ({ input }) => void input.instanceIds);
    fake.on("SendCommand", () => ({ answer: {} }));
    fake.on("SendCommand", async () => ({ refuse: { name: "InternalServerError" } }));
    expectTypeOf(fake.on("*", () => undefined)).toEqualTypeOf<() => void>();
  });

  it("that refuses needs a name", () => {
    expectTypeOf<{ refuse: { name: string; message: string } }>().toExtend<HandlerResult>();
    expectTypeOf<{ refuse: { message: string } }>().not.toExtend<HandlerResult>();
  });
});

describe("an assertion", () => {
  it("takes a fake on any clock", () => {
    assertSucceeded(new FakeSsm());
    assertSucceeded(new FakeSsm({ clock: systemClock }));
    expectTypeOf<FakeSsm<Clock>>().toExtend<Parameters<typeof assertSucceeded>[0]>();
  });

  it("knows the details that exist", () => {
    assertReached(new FakeSsm(), "DeliveryTimedOut", { on: "i-00000001" });
    // @ts-expect-error no such detail
    assertReached(new FakeSsm(), "Delivery Timed Out");
  });

  it("takes ids or targets, and parameters as lists", () => {
    assertSent(new FakeSsm(), { targets: ["i-00000001"] });
    assertSent(new FakeSsm(), { targets: [{ Key: "tag:Role", Values: ["web"] }] });
    // @ts-expect-error a parameter is a list
    assertSent(new FakeSsm(), { parameters: { commands: "uptime" } });
  });

  it("about one command counts no times", () => {
    assertSentOnce(new FakeSsm(), { document: "release", MaxErrors: "1" });
    // @ts-expect-error it is once
    assertSentOnce(new FakeSsm(), { times: 2 });
  });

  it("throws an AssertionError, which is an Error", () => {
    expectTypeOf<AssertionError>().toExtend<Error>();
    expectTypeOf<AssertionError["name"]>().toEqualTypeOf<"AssertionError">();
  });
});

describe("options", () => {
  it("about time are durations", () => {
    new FakeSsm({ callTakes: "1s", warnAfter: "5ms" });
    // @ts-expect-error one of what?
    new FakeSsm({ callTakes: "1" });
    // @ts-expect-error a number has no unit
    new FakeSsm({ warnAfter: 5 });
  });
});
