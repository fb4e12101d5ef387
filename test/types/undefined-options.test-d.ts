import {
  callerPolicy,
  nodeLogsPolicy,
  RunCommandClient,
  type RunCommandClientOptions,
  runShellScript,
  type ScriptOptions,
  type SendRequest,
  totalTimeoutSeconds,
  type WaitOptions,
} from "ssm-run-command";
import type { TailOptions } from "ssm-run-command/cloudwatch-logs";
import {
  assertReached,
  assertSent,
  assertSentOnce,
  assertSucceeded,
  byPlugin,
  FakeSsm,
  type FakeSsmOptions,
  fails,
  hangs,
  killed,
  type LatencyOptions,
  type NodeOptions,
  reboots,
  type Settings,
  succeeds,
  type VirtualClockOptions,
} from "ssm-run-command/fake";
import { runsInShell, type ServeOptions, type ShellOptions } from "ssm-run-command/fake/node";
import { describe, expectTypeOf, it } from "vitest";

/** Every member that can be left out, undefined. These tests are compiled with `exactOptionalPropertyTypes`. */
type Undefined<Options> = {
  [Name in keyof Options as Record<never, never> extends Pick<Options, Name>
    ? Name
    : never]: undefined;
};

describe("an option that is undefined counts as left out", () => {
  it("in options that have a name", () => {
    expectTypeOf<Undefined<FakeSsmOptions>>().toExtend<FakeSsmOptions>();
    expectTypeOf<Undefined<NodeOptions>>().toExtend<NodeOptions>();
    expectTypeOf<Undefined<LatencyOptions>>().toExtend<LatencyOptions>();
    expectTypeOf<Undefined<VirtualClockOptions>>().toExtend<VirtualClockOptions>();
    expectTypeOf<Undefined<RunCommandClientOptions>>().toExtend<RunCommandClientOptions>();
    expectTypeOf<Undefined<WaitOptions>>().toExtend<WaitOptions>();
    expectTypeOf<Undefined<ScriptOptions>>().toExtend<ScriptOptions>();
    expectTypeOf<Undefined<TailOptions>>().toExtend<TailOptions>();
    expectTypeOf<Undefined<ServeOptions>>().toExtend<ServeOptions>();
    expectTypeOf<Undefined<ShellOptions>>().toExtend<ShellOptions>();
    const settings: { readonly [Name in keyof Settings]?: undefined } = { errorLimit: undefined };
    ({ settings }) satisfies FakeSsmOptions;
    ({ pages: { most: undefined, emptyFirst: undefined } }) satisfies FakeSsmOptions;
  });

  it("in a request", () => {
    const target = { Targets: undefined, InstanceIds: ["i-0123456789abcdef0"] };
    const limits = { MaxConcurrency: undefined, MaxErrors: undefined, Comment: undefined };
    ({ ...runShellScript("uptime"), ...target, ...limits }) satisfies SendRequest;
  });

  it("in options that are written where they are used", () => {
    const u = undefined;
    const output = { stdout: u, stderr: u, writes: u, killTakes: u };
    succeeds({ ...output, after: u });
    fails({ ...output, after: u, exitCode: u });
    hangs(output);
    killed({ ...output, after: u, signal: u });
    reboots({ ...output, after: u, takes: u, then: u });
    hangs({ writes: [{ at: "1s", stdout: u, stderr: u }] });
    byPlugin({ install: { type: "exits", exitCode: u } }, u);
    runsInShell({ shell: u });
    callerPolicy({ document: u, tags: u, instanceIds: u, calls: u });
    callerPolicy({ region: u, accountId: u, logGroupName: u });
    nodeLogsPolicy({ logGroupName: u, region: u, accountId: u });
    totalTimeoutSeconds({}, { stepTimeouts: u });
    const fake = new FakeSsm({ nodes: [{ tags: u }] });
    fake.callerPolicy({ region: u, accountId: u });
    assertSent(fake, { document: u, targets: u, parameters: u });
    assertSentOnce(fake, { document: u, targets: u, parameters: u, comment: u });
    fake.faults.loseAnswer("*", { times: 1, from: u, until: u, as: u });
    fake.faults.limitRate("*", { perSecond: 1, from: u, until: u });
    assertReached(fake, "Success", { on: u, commandId: u });
    assertSucceeded(fake, { commandId: u });
    fake.timeline({ commandId: u });
    fake.journal.entries({ showParameters: u });
    fake.parameters.set("name", "value", { secure: u });
    fake.objects.setBucket("bucket", { access: u });
    fake.logs.clientConfig({ maxAttempts: u });
    fake.objects.clientConfig({ maxAttempts: u });
  });

  it("in calls of the client", () => {
    const runCommand = new RunCommandClient(new FakeSsm(), { clock: undefined });
    const call = { abortSignal: undefined };
    expectTypeOf(runCommand.send).toBeCallableWith(
      { ...runShellScript("uptime"), InstanceIds: ["i-0123456789abcdef0"] },
      call,
    );
    expectTypeOf(runCommand.commands).toBeCallableWith({ Filters: undefined }, call);
    expectTypeOf(runCommand.invocations).toBeCallableWith({ Filters: undefined }, call);
    expectTypeOf(runCommand.waitUntilManaged).toBeCallableWith([], {
      timeout: undefined,
      signal: undefined,
    });
    expectTypeOf(runCommand.readOutput).toBeCallableWith(
      { commandId: "c", instanceId: "i", pluginName: undefined },
      call,
    );
  });
});
