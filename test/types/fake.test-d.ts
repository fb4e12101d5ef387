import type { CloudWatchLogsClientConfig } from "@aws-sdk/client-cloudwatch-logs";
import { SSM, type SSMClient, type SSMClientConfig } from "@aws-sdk/client-ssm";
import {
  type Clock,
  type RunCommandApi,
  RunCommandClient,
  scaledClock,
  systemClock,
} from "ssm-run-command";
import {
  type AgentBehavior,
  FakeSsm,
  type FakeSsmOptions,
  fails,
  hangs,
  type JournalEntry,
  type NodeOptions,
  type PluginResult,
  type PluginRun,
  succeeds,
  VirtualClock,
} from "ssm-run-command/fake";
import { describe, expectTypeOf, it } from "vitest";

describe("a FakeSsm", () => {
  it("stands where a RunCommandApi stands, and not where an SSMClient does", () => {
    expectTypeOf<FakeSsm>().toExtend<RunCommandApi>();
    expectTypeOf<FakeSsm>().not.toExtend<SSMClient>();
    expectTypeOf(RunCommandClient).toBeConstructibleWith(new FakeSsm());
  });

  it("lives on a VirtualClock unless it is given another one, whose type it keeps", () => {
    expectTypeOf(new FakeSsm().clock).toEqualTypeOf<VirtualClock>();
    expectTypeOf(new FakeSsm({ nodes: [] }).clock).toEqualTypeOf<VirtualClock>();
    expectTypeOf(new FakeSsm({ clock: systemClock }).clock).toEqualTypeOf<Clock>();
    expectTypeOf(new FakeSsm({ clock: scaledClock(60) }).clock).toEqualTypeOf<Clock>();
    expectTypeOf(new FakeSsm({ clock: new VirtualClock() }).clock).toEqualTypeOf<VirtualClock>();
  });

  it("on one clock stands for one on any clock", () => {
    expectTypeOf<FakeSsm>().toExtend<FakeSsm<Clock>>();
    expectTypeOf<FakeSsm<Clock>>().not.toExtend<FakeSsm>();
  });

  it("gives real clients and their configuration", () => {
    const fake = new FakeSsm();
    expectTypeOf(fake.client()).toEqualTypeOf<SSMClient>();
    expectTypeOf(fake.clientConfig()).toEqualTypeOf<SSMClientConfig>();
    expectTypeOf(SSM).toBeConstructibleWith(fake.clientConfig());
    expectTypeOf(fake.logs.clientConfig()).toExtend<CloudWatchLogsClientConfig>();
  });

  it("takes overrides of the SDK's own configuration only", () => {
    const fake = new FakeSsm();
    fake.client({ maxAttempts: 5 });
    // @ts-expect-error no option of the SDK
    fake.client({ attempts: 5 });
  });
});

describe("an option", () => {
  it("is optional, each of them", () => {
    expectTypeOf<Record<never, never>>().toExtend<FakeSsmOptions>();
    expectTypeOf<Record<never, never>>().toExtend<NodeOptions>();
  });

  it("that is a duration needs its unit", () => {
    expectTypeOf<{ latency: { replyDelay: "90s" } }>().toExtend<FakeSsmOptions>();
    expectTypeOf<{ latency: { replyDelay: "90" } }>().not.toExtend<FakeSsmOptions>();
    expectTypeOf<{ latency: { replyDelay: 90 } }>().not.toExtend<FakeSsmOptions>();
  });

  it("about a clock takes a duration, also with a minus", () => {
    expectTypeOf<{ clockSkew: "90s" }>().toExtend<NodeOptions>();
    expectTypeOf<{ clockSkew: "-90s" }>().toExtend<NodeOptions>();
    expectTypeOf<{ clockSkew: "late" }>().not.toExtend<NodeOptions>();
    expectTypeOf<{ clockSkew: -90 }>().not.toExtend<NodeOptions>();
  });

  it("about pages takes a number and a boolean", () => {
    expectTypeOf<{ pages: { most: 1; emptyFirst: true } }>().toExtend<FakeSsmOptions>();
    expectTypeOf<{ pages: { most: "1" } }>().not.toExtend<FakeSsmOptions>();
    expectTypeOf<{ pages: { emptyFirst: "yes" } }>().not.toExtend<FakeSsmOptions>();
  });

  it("that is one of some words takes no other word", () => {
    expectTypeOf<{ agent: "unreachable" }>().toExtend<NodeOptions>();
    expectTypeOf<{ agent: "asleep" }>().not.toExtend<NodeOptions>();
    expectTypeOf<{ platform: "Solaris" }>().not.toExtend<NodeOptions>();
    expectTypeOf<{ settings: { delayedStatus: "Late" } }>().not.toExtend<FakeSsmOptions>();
    expectTypeOf<{ latency: "worst" }>().toExtend<FakeSsmOptions>();
    expectTypeOf<{ latency: "late" }>().not.toExtend<FakeSsmOptions>();
    expectTypeOf<{ latency: { otherwise: "instant" } }>().toExtend<FakeSsmOptions>();
    expectTypeOf<{ latency: { otherwise: "late" } }>().not.toExtend<FakeSsmOptions>();
  });

  it("that does not exist is refused", () => {
    // @ts-expect-error no such option
    new FakeSsm({ hosts: [] });
    // @ts-expect-error no such delay
    new FakeSsm({ latency: { visibilityDelayMs: "5s" } });
  });
});

describe("a behavior", () => {
  it("is plain data, a function that returns it, or real work", () => {
    expectTypeOf(succeeds()).toExtend<AgentBehavior>();
    expectTypeOf(fails({ exitCode: 7, after: "90s" })).toExtend<AgentBehavior>();
    expectTypeOf(hangs()).toExtend<AgentBehavior>();
    expectTypeOf<(run: PluginRun) => PluginResult>().toExtend<AgentBehavior>();
    expectTypeOf<(run: PluginRun) => Promise<PluginResult>>().toExtend<AgentBehavior>();
    expectTypeOf<{
      type: "inRealTime";
      run: () => Promise<PluginResult>;
    }>().toExtend<AgentBehavior>();
  });

  it("is not a function that returns nothing, or a function", () => {
    expectTypeOf<() => void>().not.toExtend<AgentBehavior>();
    expectTypeOf<() => () => PluginResult>().not.toExtend<AgentBehavior>();
  });

  it("that succeeds has no exit code, and one that hangs no end", () => {
    // @ts-expect-error a success is exit code 0
    succeeds({ exitCode: 1 });
    // @ts-expect-error what hangs does not end
    hangs({ after: "5s" });
  });

  it("receives its run and cannot change it", () => {
    const change: AgentBehavior = (run) => {
      // @ts-expect-error readonly
      run.commandId = "";
      return succeeds();
    };
    expectTypeOf(change).toExtend<AgentBehavior>();
    expectTypeOf<PluginRun["script"]>().toEqualTypeOf<string | undefined>();
  });
});

describe("a journal entry", () => {
  it("has a name only if it is a refusal", () => {
    expectTypeOf<Extract<JournalEntry, { type: "refusal" }>["name"]>().toEqualTypeOf<string>();
    expectTypeOf<Extract<JournalEntry, { type: "call" }>>().not.toHaveProperty("name");
  });
});
