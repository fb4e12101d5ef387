import type {
  ListCommandInvocationsCommandInput,
  ListCommandsCommandInput,
  SendCommandCommandInput,
  SSM,
  SSMClient,
} from "@aws-sdk/client-ssm";
import type {
  CommandOutcome,
  CommandsRequest,
  InvocationOutcome,
  InvocationsRequest,
  RunCommandApi,
  SendRequest,
  WaitOptions,
} from "ssm-run-command";
import {
  orThrow,
  RunCommandClient,
  runPowerShellScript,
  runShellScript,
  tagTargets,
  totalTimeoutSeconds,
} from "ssm-run-command";
import { describe, expectTypeOf, it } from "vitest";

type CommandsFilter = NonNullable<CommandsRequest["Filters"]>[number];
type InvocationsFilter = NonNullable<InvocationsRequest["Filters"]>[number];
type EndOf<K extends CommandOutcome["kind"]> = Pick<CommandOutcome, "command" | "invocations"> & {
  readonly kind: K;
};

describe("an API of Run Command", () => {
  it("is the aggregated SSM as it stands, and the client itself", () => {
    expectTypeOf<SSM>().toExtend<RunCommandApi>();
    expectTypeOf<RunCommandClient>().toExtend<RunCommandApi>();
  });

  it("is not an SSMClient, which the client's constructor takes all the same", () => {
    expectTypeOf<SSMClient>().not.toExtend<RunCommandApi>();
    expectTypeOf(RunCommandClient).toBeConstructibleWith({} as SSMClient);
    expectTypeOf(RunCommandClient).toBeConstructibleWith({} as SSM);
    expectTypeOf(RunCommandClient).toBeConstructibleWith({} as RunCommandApi);
  });

  it("is not any object", () => {
    // @ts-expect-error neither an SSMClient nor a RunCommandApi
    new RunCommandClient({});
  });
});

describe("a request", () => {
  const script = runShellScript("uptime");
  const InstanceIds = ["i-0123456789abcdef0"];
  const Targets = tagTargets({ Role: "web" });

  it("is an input of the SDK", () => {
    expectTypeOf<SendRequest>().toExtend<SendCommandCommandInput>();
    expectTypeOf<CommandsRequest>().toExtend<ListCommandsCommandInput>();
    expectTypeOf<InvocationsRequest>().toExtend<ListCommandInvocationsCommandInput>();
  });

  it("names its nodes in exactly one way", () => {
    ({ ...script, InstanceIds }) satisfies SendRequest;
    ({ ...script, Targets }) satisfies SendRequest;
    // @ts-expect-error both
    ({ ...script, InstanceIds, Targets }) satisfies SendRequest;
    // @ts-expect-error neither
    script satisfies SendRequest;
  });

  it("names its document", () => {
    // @ts-expect-error no document
    ({ InstanceIds }) satisfies SendRequest;
    // @ts-expect-error the SDK would take this
    ({ DocumentName: undefined, InstanceIds }) satisfies SendRequest;
  });

  it("limits its rate by count or percentage", () => {
    ({ ...script, Targets, MaxConcurrency: "10%", MaxErrors: "0" }) satisfies SendRequest;
    const config: { readonly max: string } = { max: "25%" };
    ({ ...script, Targets, MaxConcurrency: config.max }) satisfies SendRequest;
    // @ts-expect-error a number, which the service would refuse
    ({ ...script, Targets, MaxConcurrency: 10 }) satisfies SendRequest;
  });

  it("runs PowerShell as it runs a shell", () => {
    ({ ...runPowerShellScript("Get-Date"), InstanceIds }) satisfies SendRequest;
    // @ts-expect-error a duration needs its unit
    runPowerShellScript("Get-Date", { executionTimeout: "90" });
  });

  it("is what a total time-out is counted from", () => {
    expectTypeOf(totalTimeoutSeconds).toBeCallableWith({} as SendRequest);
  });
});

describe("a filter", () => {
  it("has the states of its own operation", () => {
    ({ key: "Status", value: "NoInstancesInTag" }) satisfies CommandsFilter;
    ({ key: "Status", value: "Delayed" }) satisfies InvocationsFilter;
    // @ts-expect-error ListCommands knows no Delayed
    ({ key: "Status", value: "Delayed" }) satisfies CommandsFilter;
    // @ts-expect-error ListCommandInvocations knows no Incomplete
    ({ key: "Status", value: "Incomplete" }) satisfies InvocationsFilter;
    // @ts-expect-error there is no such status
    ({ key: "Status", value: "Done" }) satisfies CommandsFilter;
  });

  it("by stage is for commands only", () => {
    ({ key: "ExecutionStage", value: "Complete" }) satisfies CommandsFilter;
    // @ts-expect-error ListCommandInvocations takes no stage
    ({ key: "ExecutionStage", value: "Complete" }) satisfies InvocationsFilter;
    // @ts-expect-error no such stage
    ({ key: "ExecutionStage", value: "Pending" }) satisfies CommandsFilter;
  });

  it("by time or document takes any string", () => {
    ({ key: "InvokedAfter", value: "2026-09-27T10:00:00Z" }) satisfies CommandsFilter;
    ({ key: "DocumentName", value: "AWS-RunShellScript" }) satisfies InvocationsFilter;
  });
});

describe("a duration", () => {
  it("has its unit", () => {
    ({ timeout: "90s", pollEvery: "1.5m" }) satisfies WaitOptions;
    // @ts-expect-error a duration needs its unit
    ({ timeout: "90" }) satisfies WaitOptions;
    // @ts-expect-error a number is not a duration
    ({ timeout: 90 }) satisfies WaitOptions;
    // @ts-expect-error no such unit
    runShellScript("uptime", { executionTimeout: "2w" });
  });
});

describe("an outcome", () => {
  it("of a command is exhaustive in a switch", () => {
    const worded = ({ kind }: CommandOutcome): string => {
      switch (kind) {
        case "succeeded":
        case "incomplete":
        case "noTargets":
        case "failed":
        case "deliveryTimedOut":
        case "cancelled":
        case "limitExceeded":
        case "accessDenied":
        case "unrecognized":
          return kind;
      }
    };
    expectTypeOf(worded).returns.toBeString();
  });

  it("of an invocation is exhaustive in a switch, and has an exit code only where there is one", () => {
    const codeOf = (outcome: InvocationOutcome): number | undefined => {
      switch (outcome.kind) {
        case "succeeded":
        case "failed":
          return outcome.exitCode;
        case "executionTimedOut":
        case "deliveryTimedOut":
        case "undeliverable":
        case "cancelled":
        case "terminated":
        case "invalidPlatform":
        case "accessDenied":
        case "unrecognized":
          // @ts-expect-error no process ended by itself
          return outcome.exitCode;
      }
    };
    expectTypeOf(codeOf).returns.toEqualTypeOf<number | undefined>();
  });

  it("is not covered by a switch that forgets a kind", () => {
    // @ts-expect-error "noTargets" and others fall through to no return value
    const worded = ({ kind }: CommandOutcome): string => {
      switch (kind) {
        case "succeeded":
          return kind;
      }
    };
    expectTypeOf(worded).toBeFunction();
  });

  it("narrows to its member of the union", () => {
    expectTypeOf<Extract<CommandOutcome, { kind: "failed" }>>().toExtend<EndOf<"failed">>();
    expectTypeOf<Extract<CommandOutcome, { kind: "failed" }>["kind"]>().toEqualTypeOf<"failed">();
    expectTypeOf<Extract<InvocationOutcome, { kind: "cancelled" }>>().toExtend<
      Pick<InvocationOutcome, "instanceId" | "plugins" | "invocation"> & {
        readonly kind: "cancelled";
      }
    >();
  });
});

describe("an outcome as an exception", () => {
  it("leaves the success only", () => {
    expectTypeOf(orThrow({} as CommandOutcome)).toEqualTypeOf<
      Extract<CommandOutcome, { kind: "succeeded" }>
    >();
  });

  it("is cut and redacted by options, and by nothing else", () => {
    orThrow({} as CommandOutcome, { lines: 5, redact: (text) => text.toUpperCase() });
    // @ts-expect-error no such option
    orThrow({} as CommandOutcome, { silent: true });
    // @ts-expect-error what is redacted is a string
    orThrow({} as CommandOutcome, { redact: () => undefined });
  });
});

describe("nodes and output", () => {
  const runCommand = {} as RunCommandClient;

  it("are waited for with a duration", () => {
    expectTypeOf(runCommand.waitUntilManaged).toBeCallableWith(["i-1"], { timeout: "5m" });
    // @ts-expect-error a duration needs its unit
    runCommand.waitUntilManaged(["i-1"], { timeout: "5" });
  });

  it("are read by command and node, of a plugin if it is named", () => {
    expectTypeOf(runCommand.readOutput).toBeCallableWith({ commandId: "c", instanceId: "i-1" });
    // @ts-expect-error no node
    runCommand.readOutput({ commandId: "c" });
  });

  it("may be described by an api, and need not be", () => {
    expectTypeOf<Omit<SSM, "describeInstanceInformation">>().toExtend<RunCommandApi>();
  });
});
