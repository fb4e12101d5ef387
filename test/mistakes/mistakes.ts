import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as s3 from "@aws-sdk/client-s3";
import * as ssm from "@aws-sdk/client-ssm";
import {
  nodeLogsPolicy,
  RunCommandClient,
  runPowerShellScript,
  runShellScript,
  scaledClock,
  systemClock,
  tagTargets,
  totalTimeoutSeconds,
} from "ssm-run-command";
import { readCommandOutput, tailCommandOutput } from "ssm-run-command/cloudwatch-logs";
import {
  assertReached,
  assertSent,
  assertSucceeded,
  byDocument,
  byPlugin,
  FakeSsm,
  fails,
  hangs,
  inOrder,
  killed,
  reboots,
  sdkOnFake,
  succeeds,
  VirtualClock,
  when,
} from "ssm-run-command/fake";
import { inVirtualTime, runsInShell, serveFakeSsm } from "ssm-run-command/fake/node";

/** A mistake that a caller makes, as JavaScript lets him make it. */
export interface Mistake {
  /** The code, as he wrote it. */
  readonly code: string;
  readonly make: (at: Place) => unknown;
}

/** What there is where a mistake is made. */
export interface Place {
  readonly fake: FakeSsm;
  readonly instanceId: string;
}

/** For what the types refuse. */
// biome-ignore lint/suspicious/noExplicitAny: JavaScript has no types.
const js = (value: unknown): any => value;

const ID = "i-0123456789abcdef0";
const script = () => runShellScript("uptime");
const send = ({ fake }: Place, request: object, options?: object) =>
  new RunCommandClient(fake).send(js({ ...script(), InstanceIds: [ID], ...request }), js(options));
const sent = async (place: Place) => send(place, {});

export const MISTAKES: Readonly<Record<string, readonly Mistake[]>> = {
  "The fake": [
    {
      code: 'new FakeSsm({ latancy: "worst" })',
      make: () => new FakeSsm(js({ latancy: "worst" })),
    },
    { code: "new FakeSsm({ node: [] })", make: () => new FakeSsm(js({ node: [] })) },
    { code: "new FakeSsm({ nodes: 3 })", make: () => new FakeSsm(js({ nodes: 3 })) },
    { code: "new FakeSsm({ nodes: [3] })", make: () => new FakeSsm(js({ nodes: [3] })) },
    {
      code: 'new FakeSsm({ latency: "no such word" })',
      make: () => new FakeSsm(js({ latency: "no such word" })),
    },
    {
      code: 'new FakeSsm({ latency: "mesured" })',
      make: () => new FakeSsm(js({ latency: "mesured" })),
    },
    {
      code: 'new FakeSsm({ latency: { callDelai: "1s" } })',
      make: () => new FakeSsm(js({ latency: { callDelai: "1s" } })),
    },
    {
      code: "new FakeSsm({ latency: { callDelay: 100 } })",
      make: () => new FakeSsm(js({ latency: { callDelay: 100 } })),
    },
    {
      code: 'new FakeSsm({ settings: { errorLimits: "reached" } })',
      make: () => new FakeSsm(js({ settings: { errorLimits: "reached" } })),
    },
    {
      code: 'new FakeSsm({ settings: { errorLimit: "reach" } })',
      make: () => new FakeSsm(js({ settings: { errorLimit: "reach" } })),
    },
    {
      code: 'new FakeSsm({ settings: { liveCounters: "yes" } })',
      make: () => new FakeSsm(js({ settings: { liveCounters: "yes" } })),
    },
    {
      code: 'new FakeSsm({ behavior: "fails" })',
      make: () => new FakeSsm(js({ behavior: "fails" })),
    },
    { code: "new FakeSsm({ behavior: fails })", make: () => new FakeSsm(js({ behavior: fails })) },
    { code: 'new FakeSsm({ access: "deny" })', make: () => new FakeSsm(js({ access: "deny" })) },
    { code: "new FakeSsm({ clock: Date })", make: () => new FakeSsm(js({ clock: Date })) },
    {
      code: 'new FakeSsm({ region: "US East" })',
      make: () => new FakeSsm(js({ region: "US East" })),
    },
    {
      code: "new FakeSsm({ accountId: 123456789012 })",
      make: () => new FakeSsm(js({ accountId: 123456789012 })),
    },
    { code: 'new FakeSsm({ seed: "one" })', make: () => new FakeSsm(js({ seed: "one" })) },
    { code: "new FakeSsm({ callTakes: 1 })", make: () => new FakeSsm(js({ callTakes: 1 })) },
    { code: "new FakeSsm({ warnAfter: 1000 })", make: () => new FakeSsm(js({ warnAfter: 1000 })) },
    {
      code: 'new FakeSsm({ journalSize: "all" })',
      make: () => new FakeSsm(js({ journalSize: "all" })),
    },
    { code: "new FakeSsm(new VirtualClock())", make: () => new FakeSsm(js(new VirtualClock())) },
    {
      code: "fake.timeline(commandId)",
      make: ({ fake }) => fake.timeline(js("7afa32e5-b1b5-4c8e-9c8e-1f3a5f0a6d2b")),
    },
    {
      code: "fake.timeline({ id: commandId })",
      make: ({ fake }) => fake.timeline(js({ id: "7afa32e5" })),
    },
    {
      code: 'fake.journal.entries("SendComand")',
      make: ({ fake }) => fake.journal.entries(js("SendComand")),
    },
    {
      code: "fake.journal.entries({ parameters: true })",
      make: ({ fake }) => fake.journal.entries(js({ parameters: true })),
    },
    {
      code: "fake.parameters.set(name, value, { secret: true })",
      make: ({ fake }) => fake.parameters.set("name", "value", js({ secret: true })),
    },
    {
      code: "fake.groups.set(name, { ids: [] })",
      make: ({ fake }) => fake.groups.set("web", js({ ids: [] })),
    },
    {
      code: "fake.groups.set(name, { instanceIds: [], type: 1 })",
      make: ({ fake }) => fake.groups.set("web", js({ instanceIds: [], type: 1 })),
    },
    {
      code: 'fake.alarms.set("cpu", "alarm")',
      make: ({ fake }) => fake.alarms.set("cpu", js("alarm")),
    },
    {
      code: 'fake.objects.setBucket("output", { access: "deny" })',
      make: ({ fake }) => fake.objects.setBucket("output", js({ access: "deny" })),
    },
    {
      code: "fake.logs.clientConfig({ attempts: 5 })",
      make: ({ fake }) => fake.logs.clientConfig(js({ attempts: 5 })),
    },
    {
      code: "fake.documents.add(document)",
      make: ({ fake }) => fake.documents.add(js({ schemaVersion: "2.2" }), js(undefined)),
    },
    {
      code: "fake.notifications.on(undefined)",
      make: ({ fake }) => fake.notifications.on(js(undefined)),
    },
  ],
  Clocks: [
    {
      code: 'new VirtualClock({ begin: "2030-01-01" })',
      make: () => new VirtualClock(js({ begin: "2030-01-01" })),
    },
    {
      code: "new VirtualClock({ start: new Date() })",
      make: () => new VirtualClock(js({ start: new Date(0) })),
    },
    {
      code: 'new VirtualClock({ start: "tomorrow" })',
      make: () => new VirtualClock({ start: "tomorrow" }),
    },
    {
      code: "new VirtualClock({ skip: false })",
      make: () => new VirtualClock(js({ skip: false })),
    },
    {
      code: 'new VirtualClock({ skips: "no" })',
      make: () => new VirtualClock(js({ skips: "no" })),
    },
    {
      code: "new VirtualClock({ warnAfter: 5 })",
      make: () => new VirtualClock(js({ warnAfter: 5 })),
    },
    {
      code: "new VirtualClock({ runawayLimit: 0 })",
      make: () => new VirtualClock({ runawayLimit: 0 }),
    },
    { code: 'new VirtualClock("2030-01-01")', make: () => new VirtualClock(js("2030-01-01")) },
    { code: "fake.clock.advance(90)", make: ({ fake }) => fake.clock.advance(js(90)) },
    { code: "fake.clock.sleep(90)", make: ({ fake }) => fake.clock.sleep(js(90)) },
    { code: 'scaledClock("60")', make: () => scaledClock(js("60")) },
    {
      code: "inVirtualTime(async () => {})",
      make: () =>
        inVirtualTime(
          js(async () => {}),
          js(undefined),
        ),
    },
    { code: "inVirtualTime(fake)", make: ({ fake }) => inVirtualTime(fake, js(undefined)) },
    {
      code: "inVirtualTime(fakeOnSystemClock, run)",
      make: () => inVirtualTime(new FakeSsm({ clock: systemClock }), () => {}),
    },
  ],
  Nodes: [
    {
      code: 'fake.nodes.add({ id: "i-0123456789abcdef0" })',
      make: ({ fake }) => fake.nodes.add(js({ id: ID })),
    },
    {
      code: 'fake.nodes.add({ InstanceId: "i-0123456789abcdef0" })',
      make: ({ fake }) => fake.nodes.add(js({ InstanceId: ID })),
    },
    {
      code: 'fake.nodes.add({ instanceId: "web-1" })',
      make: ({ fake }) => fake.nodes.add({ instanceId: "web-1" }),
    },
    {
      code: 'fake.nodes.add({ tag: { Role: "web" } })',
      make: ({ fake }) => fake.nodes.add(js({ tag: { Role: "web" } })),
    },
    {
      code: 'fake.nodes.add({ tags: [{ Key: "Role", Value: "web" }] })',
      make: ({ fake }) => fake.nodes.add(js({ tags: [{ Key: "Role", Value: "web" }] })),
    },
    {
      code: 'fake.nodes.add({ tags: { Key: "Role", Value: "web" } })',
      make: ({ fake }) => fake.nodes.add({ tags: { Key: "Role", Value: "web" } }),
    },
    {
      code: 'fake.nodes.add({ tags: ["web"] })',
      make: ({ fake }) => fake.nodes.add(js({ tags: ["web"] })),
    },
    {
      code: 'fake.nodes.add({ tags: "Role=web" })',
      make: ({ fake }) => fake.nodes.add(js({ tags: "Role=web" })),
    },
    {
      code: "fake.nodes.add({ tags: { Slot: 3 } })",
      make: ({ fake }) => fake.nodes.add(js({ tags: { Slot: 3 } })),
    },
    {
      code: 'node.tag([{ Key: "Role", Value: "db" }])',
      make: ({ fake, instanceId }) =>
        fake.nodes.get(instanceId)?.tag(js([{ Key: "Role", Value: "db" }])),
    },
    {
      code: "fake.nodes.add({ behaviour: fails() })",
      make: ({ fake }) => fake.nodes.add(js({ behaviour: fails() })),
    },
    {
      code: 'fake.nodes.add({ platform: "linux" })',
      make: ({ fake }) => fake.nodes.add(js({ platform: "linux" })),
    },
    {
      code: 'fake.nodes.add({ os: "Linux" })',
      make: ({ fake }) => fake.nodes.add(js({ os: "Linux" })),
    },
    {
      code: 'fake.nodes.add({ agent: "offline" })',
      make: ({ fake }) => fake.nodes.add(js({ agent: "offline" })),
    },
    { code: 'fake.nodes.add("i-0123456789abcdef0")', make: ({ fake }) => fake.nodes.add(js(ID)) },
    {
      code: "fake.nodes.add({ behavior: succeeds })",
      make: ({ fake }) => fake.nodes.add(js({ behavior: succeeds })),
    },
    {
      code: 'fake.nodes.add({ behavior: { type: "exit" } })',
      make: ({ fake }) => fake.nodes.add(js({ behavior: { type: "exit" } })),
    },
    {
      code: 'fake.nodes.add({ behavior: { type: "exits", exitcode: 1 } })',
      make: ({ fake }) => fake.nodes.add(js({ behavior: { type: "exits", exitcode: 1 } })),
    },
    {
      code: "node.behavior = undefined",
      make: ({ fake, instanceId }) =>
        Object.assign(js(fake.nodes.get(instanceId)), { behavior: undefined }),
    },
    {
      code: 'node.agent = "offline"',
      make: ({ fake, instanceId }) =>
        Object.assign(js(fake.nodes.get(instanceId)), { agent: "offline" }),
    },
  ],
  Behaviors: [
    { code: 'succeeds({ afer: "90s" })', make: () => succeeds(js({ afer: "90s" })) },
    { code: "succeeds({ after: 90 })", make: () => succeeds(js({ after: 90 })) },
    { code: "succeeds({ exitCode: 3 })", make: () => succeeds(js({ exitCode: 3 })) },
    { code: 'succeeds({ output: "deployed" })', make: () => succeeds(js({ output: "deployed" })) },
    {
      code: 'succeeds({ stdout: ["deployed"] })',
      make: () => succeeds(js({ stdout: ["deployed"] })),
    },
    { code: 'succeeds("90s")', make: () => succeeds(js("90s")) },
    { code: "fails({ exitCode: 0 })", make: () => fails({ exitCode: 0 }) },
    { code: 'fails({ exitCode: "7" })', make: () => fails(js({ exitCode: "7" })) },
    { code: "fails({ code: 7 })", make: () => fails(js({ code: 7 })) },
    { code: "fails(7)", make: () => fails(js(7)) },
    { code: 'hangs({ after: "90s" })', make: () => hangs(js({ after: "90s" })) },
    {
      code: 'hangs({ writes: [{ after: "1s", stdout: "x" }] })',
      make: () => hangs(js({ writes: [{ after: "1s", stdout: "x" }] })),
    },
    { code: 'hangs({ writes: { at: "1s" } })', make: () => hangs(js({ writes: { at: "1s" } })) },
    { code: "killed({ signal: 9 })", make: () => killed(js({ signal: 9 })) },
    { code: 'reboots({ take: "90s" })', make: () => reboots(js({ take: "90s" })) },
    { code: "inOrder([fails(), succeeds()])", make: () => inOrder(js([fails(), succeeds()])) },
    { code: "inOrder()", make: () => inOrder() },
    { code: "when(fails(), succeeds())", make: () => when(js(fails()), succeeds()) },
    { code: "byPlugin(fails())", make: () => byPlugin(js(fails())) },
    { code: 'byPlugin({ install: "fails" })', make: () => byPlugin(js({ install: "fails" })) },
    { code: "byDocument([fails()])", make: () => byDocument(js([fails()])) },
    { code: "runsInShell({ evn: {} })", make: () => runsInShell(js({ evn: {} })) },
    {
      code: "fake.nodes.add({ behavior: byPlugin({ runShellScript: fails() }) }), sent AWS-RunShellScript",
      make: async ({ fake }) => {
        const node = fake.nodes.add({ behavior: byPlugin({ runShellScript: fails() }) });
        await fake.sendCommand({ ...script(), InstanceIds: [node.instanceId] });
        await fake.clock.advance("1m");
        assertSucceeded(fake);
      },
    },
    {
      code: "fake.nodes.add({ behavior: () => {} }), and a call",
      make: async ({ fake }) => {
        const node = fake.nodes.add({ behavior: js(() => {}) });
        await fake.sendCommand({ ...script(), InstanceIds: [node.instanceId] });
        await fake.clock.advance("1m");
        await fake.listCommands({});
      },
    },
  ],
  "Faults and handlers": [
    {
      code: 'fake.faults.throttle("ListComands", { times: 1 })',
      make: ({ fake }) => fake.faults.throttle(js("ListComands"), { times: 1 }),
    },
    {
      code: 'fake.faults.throttle("sendCommand", { times: 1 })',
      make: ({ fake }) => fake.faults.throttle(js("sendCommand"), { times: 1 }),
    },
    {
      code: "fake.faults.throttle(SendCommandCommand, { times: 1 })",
      make: ({ fake }) => fake.faults.throttle(js(ssm.SendCommandCommand.name), { times: 1 }),
    },
    {
      code: 'fake.faults.throttle("SendCommand")',
      make: ({ fake }) => fake.faults.throttle("SendCommand", js(undefined)),
    },
    {
      code: 'fake.faults.throttle("SendCommand", { time: 1 })',
      make: ({ fake }) => fake.faults.throttle("SendCommand", js({ time: 1 })),
    },
    {
      code: 'fake.faults.throttle("SendCommand", 2)',
      make: ({ fake }) => fake.faults.throttle("SendCommand", js(2)),
    },
    {
      code: 'fake.faults.throttle("SendCommand", { times: 0 })',
      make: ({ fake }) => fake.faults.throttle("SendCommand", { times: 0 }),
    },
    {
      code: 'fake.faults.throttle("SendCommand", { times: 1, by: "2s" })',
      make: ({ fake }) => fake.faults.throttle("SendCommand", js({ times: 1, by: "2s" })),
    },
    {
      code: 'fake.faults.slow("SendCommand", { times: 1, by: 2 })',
      make: ({ fake }) => fake.faults.slow("SendCommand", js({ times: 1, by: 2 })),
    },
    {
      code: 'fake.faults.slow("SendCommand", { times: 1, delay: "2s" })',
      make: ({ fake }) => fake.faults.slow("SendCommand", js({ times: 1, delay: "2s" })),
    },
    {
      code: 'fake.on("CancelComand", handler)',
      make: ({ fake }) => fake.on(js("CancelComand"), () => undefined),
    },
    {
      code: 'fake.on("PutParameter", handler)',
      make: ({ fake }) => fake.on(js("PutParameter"), () => undefined),
    },
    {
      code: 'fake.on("CancelCommand", { answer: {} })',
      make: ({ fake }) => fake.on("CancelCommand", js({ answer: {} })),
    },
    {
      code: 'fake.on("ListCommands", () => ({ Commands: [] })), and a call',
      make: async ({ fake }) => {
        fake.on(
          "ListCommands",
          js(() => ({ Commands: [] })),
        );
        await fake.listCommands({});
      },
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
  ],
  Assertions: [
    {
      code: "assertSent(fake, { DocumentName: name })",
      make: ({ fake }) => assertSent(fake, js({ DocumentName: "AWS-RunShellScript" })),
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
    { code: "assertSucceeded(outcome)", make: () => assertSucceeded(js({ kind: "succeeded" })) },
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
