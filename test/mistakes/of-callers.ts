import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as s3 from "@aws-sdk/client-s3";
import * as ssm from "@aws-sdk/client-ssm";
import {
  logStreamNames,
  nodeLogsPolicy,
  orThrow,
  RunCommandClient,
  runPowerShellScript,
  runShellScript,
  type SentCommand,
  systemClock,
  tagTargets,
  totalTimeoutSeconds,
} from "ssm-run-command";
import { readCommandOutput, tailCommandOutput } from "ssm-run-command/cloudwatch-logs";
import {
  assertNothingSent,
  assertNoUnusedTrouble,
  assertReached,
  assertSent,
  assertSucceeded,
  sdkOnFake,
} from "ssm-run-command/fake";
import { serveFakeSsm } from "ssm-run-command/fake/node";
import "ssm-run-command/vitest";
import { expect } from "vitest";
import { ID, js, type Mistakes, type Place } from "./mistake.ts";

/** A wait whose end nobody hears of, as when it is not awaited. */
const wait = ({ waitForTerminal }: SentCommand) => {
  const waiting = waitForTerminal();
  waiting.catch(() => {});
  return waiting;
};
/** For what the types of matchers refuse. */
const unknown = (value: unknown) => value;
const script = () => runShellScript("uptime");
const send = ({ fake }: Place, request: object, options?: object) =>
  new RunCommandClient(fake).send(js({ ...script(), InstanceIds: [ID], ...request }), js(options));
const sent = async (place: Place) => send(place, {});

export const MISTAKES_OF_CALLERS: Mistakes = {
  "The fake as an object": [
    {
      code: "fake.sendCommand(request, { signal })",
      make: ({ fake }) =>
        fake.sendCommand(
          { ...script(), InstanceIds: [ID] },
          js({ signal: AbortSignal.timeout(1) }),
        ),
    },
  ],
  "The client": [
    { code: "new RunCommandClient({})", make: () => new RunCommandClient(js({})) },
    {
      code: "new RunCommandClient(ssm, { diagnoseNode: true })",
      make: ({ fake }) => new RunCommandClient(fake, js({ diagnoseNode: true })),
    },
    {
      code: 'new RunCommandClient(ssm, { diagnoseNodes: "yes" })',
      make: ({ fake }) => new RunCommandClient(fake, js({ diagnoseNodes: "yes" })),
    },
    {
      code: "new RunCommandClient(ssm, systemClock)",
      make: ({ fake }) => new RunCommandClient(fake, js(systemClock)),
    },
    {
      code: "new RunCommandClient(ssm, { clock: Date })",
      make: ({ fake }) => new RunCommandClient(fake, js({ clock: Date })),
    },
    {
      code: "runCommand.send(request, { signal })",
      make: (at) => send(at, {}, { signal: AbortSignal.timeout(1) }),
    },
    {
      code: "runCommand.send(request, signal)",
      make: (at) => send(at, {}, AbortSignal.timeout(1)),
    },
    {
      code: "runCommand.send({ …, instanceIds: [id] })",
      make: (at) => send(at, { InstanceIds: undefined, instanceIds: [ID] }),
    },
    {
      code: 'runCommand.send({ …, MaxConcurency: "1" })',
      make: (at) => send(at, { MaxConcurency: "1" }),
    },
    {
      code: 'runCommand.send({ …, MaxConcurrency: "ten" })',
      make: (at) => send(at, { MaxConcurrency: "ten" }),
    },
    {
      code: 'runCommand.send({ …, MaxErrors: "110%" })',
      make: (at) => send(at, { MaxErrors: "110%" }),
    },
    {
      code: "runCommand.send({ …, MaxConcurrency: 10 })",
      make: (at) => send(at, { MaxConcurrency: 10 }),
    },
    {
      code: 'runCommand.send({ …, Targets: { Role: "web" } })',
      make: (at) => send(at, { InstanceIds: undefined, Targets: { Role: "web" } }),
    },
    {
      code: 'runCommand.send({ …, Parameters: { commands: "uptime" } })',
      make: (at) => send(at, { Parameters: { commands: "uptime" } }),
    },
    {
      code: "runCommand.send({ …, InstanceIds: id })",
      make: (at) => send(at, { InstanceIds: ID }),
    },
    {
      code: 'runCommand.send({ …, TimeoutSeconds: "60" })',
      make: (at) => send(at, { TimeoutSeconds: "60" }),
    },
    {
      code: "runCommand.commands({}, signal)",
      make: ({ fake }) => new RunCommandClient(fake).commands({}, js(AbortSignal.timeout(1))),
    },
    {
      code: "runCommand.invocations({}, { abort })",
      make: ({ fake }) => new RunCommandClient(fake).invocations({}, js({ abort: 1 })),
    },
    {
      code: "sent.waitForTerminal({ timeout: 300 })",
      make: async (at) => (await sent(at)).waitForTerminal(js({ timeout: 300 })),
    },
    {
      code: 'sent.waitForTerminal("5m")',
      make: async (at) => (await sent(at)).waitForTerminal(js("5m")),
    },
    {
      code: "sent.waitForTerminal({ timeOutSeconds: 300 })",
      make: async (at) => (await sent(at)).waitForTerminal(js({ timeOutSeconds: 300 })),
    },
    {
      code: 'sent.waitForTerminal({ interval: "5s" })',
      make: async (at) => (await sent(at)).waitForTerminal(js({ interval: "5s" })),
    },
    {
      code: "sent.waitForTerminal({ abortSignal })",
      make: async (at) =>
        (await sent(at)).waitForTerminal(js({ abortSignal: AbortSignal.timeout(1) })),
    },
    {
      code: 'sent.waitForTerminal({ onAbort: "stop" })',
      make: async (at) => (await sent(at)).waitForTerminal(js({ onAbort: "stop" })),
    },
    {
      code: 'sent.waitForTerminal({ invocations: "failed" })',
      make: async (at) => (await sent(at)).waitForTerminal(js({ invocations: "failed" })),
    },
    {
      code: "sent.waitForTerminal({ onProgress: true })",
      make: async (at) => (await sent(at)).waitForTerminal(js({ onProgress: true })),
    },
    {
      code: "runCommand.waitForTerminal(sent)",
      make: async (at) => new RunCommandClient(at.fake).waitForTerminal(js(await sent(at))),
    },
    { code: "sent.cancel(id)", make: async (at) => (await sent(at)).cancel(js(ID)) },
    {
      code: "runCommand.waitUntilManaged([id], { timeout: 600 })",
      make: ({ fake }) => new RunCommandClient(fake).waitUntilManaged([ID], js({ timeout: 600 })),
    },
    {
      code: "runCommand.waitUntilManaged(id)",
      make: ({ fake }) => new RunCommandClient(fake).waitUntilManaged(js(ID)),
    },
    {
      code: "runCommand.readOutput({ commandId, id })",
      make: ({ fake }) => new RunCommandClient(fake).readOutput(js({ commandId: "c", id: ID })),
    },
    {
      code: 'runShellScript("uptime", { timeout: "5m" })',
      make: () => runShellScript("uptime", js({ timeout: "5m" })),
    },
    {
      code: 'runPowerShellScript("Get-Date", { executionTimeout: 300 })',
      make: () => runPowerShellScript("Get-Date", js({ executionTimeout: 300 })),
    },
    {
      code: 'tagTargets([{ Key: "tag:Role", Values: ["web"] }])',
      make: () => tagTargets(js([{ Key: "tag:Role", Values: ["web"] }])),
    },
    {
      code: 'tagTargets({ Key: "tag:Role", Values: ["web"] })',
      make: () => tagTargets({ Key: "tag:Role", Values: ["web"] }),
    },
    {
      code: 'nodeLogsPolicy({ logGroup: "/deploys" })',
      make: () => nodeLogsPolicy(js({ logGroup: "/deploys" })),
    },
    {
      code: "totalTimeoutSeconds(request, { steps: [60] })",
      make: () => totalTimeoutSeconds({}, js({ steps: [60] })),
    },
    {
      code: "readCommandOutput(logs, { commandId, instanceId })",
      make: ({ fake }) =>
        readCommandOutput(
          new logs.CloudWatchLogsClient(fake.logs.clientConfig()),
          js({ commandId: "c", instanceId: ID }),
        ),
    },
    {
      code: 'tailCommandOutput(logs, sent, { every: "5s" })',
      make: async (at) =>
        tailCommandOutput(
          new logs.CloudWatchLogsClient(at.fake.logs.clientConfig()),
          await sent(at),
          js({ every: "5s" }),
        ).next(),
    },
    {
      code: "sent.waitForTerminal({ signal: controller })",
      make: async (at) => (await sent(at)).waitForTerminal(js({ signal: new AbortController() })),
    },
    {
      code: "runCommand.send(undefined)",
      make: ({ fake }) => new RunCommandClient(fake).send(js(undefined)),
    },
    {
      code: 'runCommand.send({ …, Targets: [{ Key: "tag:Role", Value: "web" }] })',
      make: (at) =>
        send(at, { InstanceIds: undefined, Targets: [{ Key: "tag:Role", Value: "web" }] }),
    },
    {
      code: "runCommand.commands({ Filter: [] })",
      make: ({ fake }) => new RunCommandClient(fake).commands(js({ Filter: [] })),
    },
    {
      code: "runCommand.invocations({ commandId })",
      make: ({ fake }) => new RunCommandClient(fake).invocations(js({ commandId: "c" })),
    },
    {
      code: "runCommand.readOutput({ commandId, instanceId, pluginname })",
      make: ({ fake }) =>
        new RunCommandClient(fake).readOutput(
          js({ commandId: "c", instanceId: ID, pluginname: "x" }),
        ),
    },
    { code: "logStreamNames({ CommandId })", make: () => logStreamNames(js({ CommandId: "c" })) },
    {
      code: "orThrow(sent.waitForTerminal())",
      make: async (at) => {
        const waiting = (await sent(at)).waitForTerminal();
        waiting.catch(() => {}); // the fake is reset while it waits
        return orThrow(js(waiting));
      },
    },
    {
      code: "orThrow(outcome, { line: 5 })",
      make: async (at) => orThrow(await (await sent(at)).waitForTerminal(), js({ line: 5 })),
    },
  ],
  Assertions: [
    {
      code: "assertSent(fake, { documentName: name })",
      make: ({ fake }) => assertSent(fake, js({ documentName: "AWS-RunShellScript" })),
    },
    {
      code: 'assertSent(fake, { maxErrors: "1" })',
      make: ({ fake }) => assertSent(fake, js({ maxErrors: "1" })),
    },
    {
      code: "assertSent(fake, { MaxErrors: 1 })",
      make: ({ fake }) => assertSent(fake, js({ MaxErrors: 1 })),
    },
    {
      code: "assertSent(fake, { documnt: expect.any(String) })",
      make: ({ fake }) => assertSent(fake, js({ documnt: expect.any(String) })),
    },
    { code: "assertSent(fake, null)", make: ({ fake }) => assertSent(fake, js(null)) },
    { code: "assertSent(fake, [{ … }])", make: ({ fake }) => assertSent(fake, js([{}])) },
    { code: "assertSent(fake, new Map())", make: ({ fake }) => assertSent(fake, js(new Map())) },
    {
      code: "assertSent(fake, { parameters: new Map(…) })",
      make: ({ fake }) => assertSent(fake, js({ parameters: new Map([["commands", ["uptime"]]]) })),
    },
    {
      code: "assertSent(fake, { parameters: { commands: [1n] } })",
      make: ({ fake }) => assertSent(fake, js({ parameters: { commands: [1n] } })),
    },
    {
      code: "assertSent(fake, { times: 1.5 })",
      make: ({ fake }) => assertSent(fake, { times: 1.5 }),
    },
    {
      code: "assertSucceeded({ kind, command: null, invocations: [] })",
      make: () => assertSucceeded(js({ kind: "failed", command: null, invocations: [] })),
    },
    {
      code: "assertSent(fake, { times: -1 })",
      make: ({ fake }) => assertSent(fake, { times: -1 }),
    },
    {
      code: 'assertSent(fake, { times: "twice" })',
      make: ({ fake }) => assertSent(fake, js({ times: "twice" })),
    },
    {
      code: "assertSent(fake, expect.objectContaining({ … }))",
      make: ({ fake }) => assertSent(fake, expect.objectContaining({ document: "release" })),
    },
    {
      code: 'assertSent(fake, "AWS-RunShellScript")',
      make: ({ fake }) => assertSent(fake, js("AWS-RunShellScript")),
    },
    {
      code: "assertSent(fake, SendCommandCommand, { … })",
      make: ({ fake }) => assertSent(fake, js(ssm.SendCommandCommand)),
    },
    {
      code: 'assertSent(fake, { parameters: ["uptime"] })',
      make: ({ fake }) => assertSent(fake, js({ parameters: ["uptime"] })),
    },
    {
      code: 'assertSent(fake, { Parameters: { commands: "uptime" } })',
      make: ({ fake }) => assertSent(fake, js({ Parameters: { commands: "uptime" } })),
    },
    {
      code: "assertSent(fake, { target: [] })",
      make: ({ fake }) => assertSent(fake, js({ target: [] })),
    },
    {
      code: 'assertSent(fake, { targets: { Role: "web" } })',
      make: ({ fake }) => assertSent(fake, js({ targets: { Role: "web" } })),
    },
    {
      code: 'assertSent(fake, { parameters: { commands: "uptime" } })',
      make: ({ fake }) => assertSent(fake, js({ parameters: { commands: "uptime" } })),
    },
    { code: "assertSent(fake.client())", make: ({ fake }) => assertSent(js(fake.client())) },
    {
      code: 'assertReached(fake, "Succes")',
      make: ({ fake }) => assertReached(fake, js("Succes")),
    },
    {
      code: 'assertReached(fake, "Success", { node: id })',
      make: ({ fake }) => assertReached(fake, "Success", js({ node: ID })),
    },
    {
      code: 'assertReached(fake, "Success", id)',
      make: ({ fake }) => assertReached(fake, "Success", js(ID)),
    },
    {
      code: "assertSucceeded(fake, commandId)",
      make: ({ fake }) => assertSucceeded(fake, js("7afa32e5")),
    },
    { code: "assertSucceeded({ kind })", make: () => assertSucceeded(js({ kind: "succeeded" })) },
    {
      code: "assertSucceeded(sent)",
      make: async (at) => assertSucceeded(js(await sent(at))),
    },
    {
      code: "assertSucceeded(sent.waitForTerminal())",
      make: async (at) => assertSucceeded(js(wait(await sent(at)))),
    },
    {
      code: "assertSucceeded(outcome, { commandId })",
      make: async (at) =>
        assertSucceeded(js(await (await sent(at)).waitForTerminal()), { commandId: "7afa32e5" }),
    },
    {
      code: "assertNothingSent(fake.client())",
      make: ({ fake }) => assertNothingSent(js(fake.client())),
    },
    {
      code: "assertNoUnusedTrouble(fake.faults)",
      make: ({ fake }) => assertNoUnusedTrouble(js(fake.faults)),
    },
  ],
  Matchers: [
    {
      code: "expect(fake.client()).toHaveSentCommand()",
      make: ({ fake }) => expect(unknown(fake.client())).toHaveSentCommand(),
    },
    {
      code: 'expect(fake).toHaveSentCommand({ documnt: "release" })',
      make: ({ fake }) => expect(fake).toHaveSentCommand(js({ documnt: "release" })),
    },
    {
      code: "expect(fake).toHaveSentCommand(SendCommandCommand, { … })",
      make: ({ fake }) => expect(fake).toHaveSentCommand(js(ssm.SendCommandCommand)),
    },
    {
      code: 'expect(fake).not.toHaveReached("Delivery Timed Out")',
      make: ({ fake }) => expect(fake).not.toHaveReached(js("Delivery Timed Out")),
    },
    {
      code: "expect(fake).not.toHaveReached()",
      make: ({ fake }) => expect(fake).not.toHaveReached(js(undefined)),
    },
    {
      code: 'expect(fake).toHaveReached("Failed", { node: id })',
      make: ({ fake }) => expect(fake).toHaveReached("Failed", js({ node: ID })),
    },
    {
      code: "expect(sent.waitForTerminal()).toHaveSucceeded()",
      make: async (at) => expect(wait(await sent(at))).toHaveSucceeded(),
    },
    {
      code: "expect(sent).not.toHaveSucceeded()",
      make: async (at) => expect(unknown(await sent(at))).not.toHaveSucceeded(),
    },
    {
      code: "expect(fake.faults).toHaveNoUnusedTrouble()",
      make: ({ fake }) => expect(unknown(fake.faults)).toHaveNoUnusedTrouble(),
    },
  ],
  "Other ways in": [
    {
      code: "serveFakeSsm(fake, { prot: 4599 })",
      make: ({ fake }) => serveFakeSsm(fake, js({ prot: 4599 })),
    },
    {
      code: 'serveFakeSsm(fake, { port: "4599" })',
      make: ({ fake }) => serveFakeSsm(fake, js({ port: "4599" })),
    },
    { code: "serveFakeSsm({ port: 4599 })", make: () => serveFakeSsm(js({ port: 4599 })) },
    {
      code: 'serveFakeSsm(fake, { host: "0.0.0.0" })',
      make: ({ fake }) => serveFakeSsm(fake, { host: "0.0.0.0" }),
    },
    {
      code: "sdkOnFake(importOriginal(), () => fake)",
      make: ({ fake }) => sdkOnFake(Promise.resolve(ssm), () => fake),
    },
    { code: "sdkOnFake(sdk, fake)", make: ({ fake }) => sdkOnFake(ssm, js(fake)) },
    {
      code: "sdkOnFake(clientEc2, () => fake)",
      make: ({ fake }) => sdkOnFake({ EC2Client: class {} }, () => fake),
    },
    {
      code: "new CloudWatchLogsClient(fake.clientConfig()), and a call",
      make: ({ fake }) =>
        new logs.CloudWatchLogsClient(js(fake.clientConfig())).send(
          new logs.DescribeLogGroupsCommand({}),
        ),
    },
    {
      code: "new S3Client(fake.clientConfig()), and a call",
      make: ({ fake }) =>
        new s3.S3Client(js(fake.clientConfig())).send(
          new s3.ListObjectsV2Command({ Bucket: "output" }),
        ),
    },
    {
      code: "new SSMClient(fake.logs.clientConfig()), and a call",
      make: ({ fake }) =>
        new ssm.SSMClient(js(fake.logs.clientConfig())).send(new ssm.ListCommandsCommand({})),
    },
  ],
};
