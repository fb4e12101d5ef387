import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import {
  cloudWatchOutput,
  defaultLogGroupName,
  logStreamNames,
  nodeLogsPolicy,
  RunCommandClient,
  runShellScript,
} from "ssm-run-command";
import { readCommandOutput } from "ssm-run-command/cloudwatch-logs";
import { FakeSsm, fails, hangs, succeeds } from "ssm-run-command/fake";
import { expect } from "vitest";
import { rejectionOf } from "../../support/rejection.ts";
import { type Complaint, outcomeOf, sentTo } from "./complaint.ts";

/** Output, cancelling, and what a client asks of its api. */
export const ABOUT_OUTPUT_AND_ENDS: readonly Complaint[] = [
  {
    number: 31,
    source: "https://github.com/aws/eks-anywhere/issues/503",
    fact: "output beyond 24,000 characters is there in full",
    check: async () => {
      const stdout = "x".repeat(100_000);
      const { fake, sent } = await sentTo(
        { behavior: succeeds({ stdout }) },
        { CloudWatchOutputConfig: cloudWatchOutput() },
      );
      const logs = new CloudWatchLogsClient(fake.logs.clientConfig());
      const [output] = await readCommandOutput(logs, await sent.waitForTerminal());
      expect(output?.stdout.length).toBe(100_000);
    },
  },
  {
    number: 32,
    source: "https://github.com/RoboFinSystems/robosystems/pull/1147",
    fact: "output that lost its end says so",
    check: async () => {
      const stdout = `${"x".repeat(3_000)}\nRESULT=42\n`;
      const { invocations } = await outcomeOf({ behavior: succeeds({ stdout }) });
      expect(invocations[0]?.plugins[0]?.truncated).toBe(true);
    },
  },
  {
    number: 33,
    source: "one string with a line between the streams [rec-2026-09-27-managed-execution]",
    fact: "the streams of a node that failed are apart",
    check: async () => {
      const stdout = "a\n----------ERROR-------\nb\n";
      const { invocations } = await outcomeOf({ behavior: fails({ stdout, stderr: "c\n" }) });
      expect(invocations[0]?.plugins[0]).toMatchObject({
        stdout,
        stderr: "c\nfailed to run commands: exit status 1",
      });
    },
  },
  {
    number: 34,
    source: "https://github.com/chaostoolkit-incubator/chaostoolkit-aws/issues/107",
    fact: "CloudWatch output is a member of the request",
    check: () => {
      expect(cloudWatchOutput("/deploys/web")).toEqual({
        CloudWatchOutputEnabled: true,
        CloudWatchLogGroupName: "/deploys/web",
      });
    },
  },
  {
    number: 35,
    source: "https://github.com/aws/eks-anywhere/pull/538",
    fact: "log group and streams have the names that the agent gives them",
    check: async () => {
      const { fake, sent, instanceId } = await sentTo(
        { behavior: succeeds({ stdout: "one\n" }) },
        { CloudWatchOutputConfig: cloudWatchOutput() },
      );
      await sent.waitForTerminal();
      const place = { commandId: sent.commandId, instanceId, pluginName: "aws:runShellScript" };
      const group = defaultLogGroupName("AWS-RunShellScript");
      expect(fake.logs.text(group, logStreamNames(place).stdout)).toContain("one");
    },
  },
  {
    number: 36,
    source: "https://github.com/itsdalmo/ssm-sh/pull/21",
    fact: "a node that may not write its logs is named, with the IAM actions that it lacks",
    check: async () => {
      const { fake, sent } = await sentTo(
        { nodes: [{ logs: "denied", behavior: succeeds({ stdout: "one\n" }) }] },
        { CloudWatchOutputConfig: cloudWatchOutput() },
      );
      const logs = new CloudWatchLogsClient(fake.logs.clientConfig());
      const [output] = await readCommandOutput(logs, await sent.waitForTerminal());
      const actions = nodeLogsPolicy().Statement.flatMap(({ Action }) => Action);
      expect(actions.filter((action) => !output?.missing?.includes(action))).toEqual([]);
    },
  },
  {
    number: 38,
    source: "https://github.com/AztecProtocol/aztec-packages/pull/21774",
    fact: "interrupting the caller can stop the command",
    check: async () => {
      const { sent } = await sentTo({ behavior: hangs() });
      const aborting = new AbortController();
      const outcome = await sent.waitForTerminal({
        signal: aborting.signal,
        onAbort: "cancel",
        onProgress: () => aborting.abort(),
      });
      expect(outcome.kind).toBe("cancelled");
    },
  },
  {
    number: 39,
    source: "https://docs.aws.amazon.com/systems-manager/latest/userguide/cancel-run-command.html",
    fact: "a cancel is over when the waiting says so, and a success that came first stays one",
    check: async () => {
      const { sent } = await sentTo({
        behavior: succeeds({ after: "10s" }),
        latency: { cancelLatency: "1m" },
      });
      await sent.cancel();
      expect((await sent.waitForTerminal()).kind).toBe("succeeded");
    },
  },
  {
    number: 40,
    source:
      "https://github.com/boto/botocore/blob/develop/botocore/data/ssm/2014-11-06/waiters-2.json",
    fact: "Cancelling is not an end",
    check: async () => {
      const { fake, sent } = await sentTo({
        behavior: hangs(),
        latency: { cancelLatency: "1m" },
      });
      const begun = fake.clock.now();
      await fake.clock.advance("1s");
      await sent.cancel();
      const { kind } = await sent.waitForTerminal();
      expect([kind, fake.clock.now() - begun >= 60_000]).toEqual(["cancelled", true]);
    },
  },
  {
    number: 42,
    source: "https://github.com/m-radzikowski/aws-sdk-client-mock/issues/182",
    fact: "a listing that repeats its token ends with an error",
    check: async () => {
      const fake = new FakeSsm();
      fake.on("ListCommands", () => ({ answer: { Commands: [], NextToken: "again" } }));
      const listing = async () => {
        for await (const _ of new RunCommandClient(fake.client()).commands());
      };
      expect(await rejectionOf(listing())).toHaveProperty("name", "RepeatedTokenError");
    },
  },
  {
    number: 44,
    source: "https://github.com/m-radzikowski/aws-sdk-client-mock/issues/162",
    fact: "five methods are all that the client asks for",
    check: async () => {
      const fake = new FakeSsm({ nodes: [{ instanceId: "i-00000001" }] });
      const runCommand = new RunCommandClient({
        sendCommand: (input) => fake.sendCommand(input),
        cancelCommand: (input) => fake.cancelCommand(input),
        getCommandInvocation: (input) => fake.getCommandInvocation(input),
        listCommands: (input) => fake.listCommands(input),
        listCommandInvocations: (input) => fake.listCommandInvocations(input),
        clock: fake.clock,
      });
      const request = { ...runShellScript("true"), InstanceIds: ["i-00000001"] };
      expect((await (await runCommand.send(request)).waitForTerminal()).kind).toBe("succeeded");
    },
  },
];
