import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as s3 from "@aws-sdk/client-s3";
import * as ssm from "@aws-sdk/client-ssm";
import {
  callerPolicy,
  groupByOutput,
  logStreamNames,
  nodeLogsPolicy,
  orThrow,
  parseStatusChange,
  RunCommandClient,
  retryRequest,
  runPowerShellScript,
  runShellScript,
  summarize,
  systemClock,
  tagTargets,
  totalTimeoutSeconds,
} from "ssm-run-command";
import { readCommandOutput, tailCommandOutput } from "ssm-run-command/cloudwatch-logs";
import { sdkOnFake } from "ssm-run-command/fake";
import { serveFakeSsm } from "ssm-run-command/fake/node";
import { ID, js, type Mistakes, type Place } from "./mistake.ts";

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
      code: 'callerPolicy({ calls: ["SendCommands"] })',
      make: () => callerPolicy(js({ calls: ["SendCommands"] })),
    },
    {
      code: 'callerPolicy({ calls: "SendCommand" })',
      make: () => callerPolicy(js({ calls: "SendCommand" })),
    },
    {
      code: 'callerPolicy({ calls: ["ssm:SendCommand"] })',
      make: () => callerPolicy(js({ calls: ["ssm:SendCommand"] })),
    },
    { code: "callerPolicy({ document: 5 })", make: () => callerPolicy(js({ document: 5 })) },
    { code: 'callerPolicy({ document: "" })', make: () => callerPolicy({ document: "" }) },
    { code: "callerPolicy({ instanceIds: [] })", make: () => callerPolicy({ instanceIds: [] }) },
    { code: 'callerPolicy({ tags: "web" })', make: () => callerPolicy(js({ tags: "web" })) },
    { code: "callerPolicy({ tags: {} })", make: () => callerPolicy({ tags: {} }) },
    {
      code: 'callerPolicy({ documents: ["AWS-RunShellScript"] })',
      make: () => callerPolicy(js({ documents: ["AWS-RunShellScript"] })),
    },
    {
      code: 'fake.callerPolicy({ account: "*" })',
      make: ({ fake }) => fake.callerPolicy(js({ account: "*" })),
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
      code: "readCommandOutput(logs, outcome, { S3: client })",
      make: async (at) =>
        readCommandOutput(
          new logs.CloudWatchLogsClient(at.fake.logs.clientConfig()),
          await (await sent(at)).waitForTerminal(),
          js({ S3: {} }),
        ),
    },
    {
      code: "readCommandOutput(logs, outcome, { s3: S3Client })",
      make: async (at) =>
        readCommandOutput(
          new logs.CloudWatchLogsClient(at.fake.logs.clientConfig()),
          await (await sent(at)).waitForTerminal(),
          js({ s3: class S3Client {} }),
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
    {
      code: 'retryRequest(outcome, { only: ["fail"] })',
      make: async (at) =>
        retryRequest(await (await sent(at)).waitForTerminal(), js({ only: ["fail"] })),
    },
    {
      code: "retryRequest(await sent.look())",
      make: async (at) => retryRequest(js(await (await sent(at)).look())),
    },
    {
      code: "groupByOutput(outcome.invocations)",
      make: async (at) => groupByOutput(js((await (await sent(at)).waitForTerminal()).invocations)),
    },
    { code: "summarize(sent)", make: async (at) => summarize(js(await sent(at))) },
    {
      code: "parseStatusChange(event.detail)",
      make: () => parseStatusChange({ status: "Failed" }),
    },
    {
      code: "parseStatusChange(list) // in itself",
      make: () => {
        const list: unknown[] = [];
        list.push(list);
        parseStatusChange(list);
      },
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
