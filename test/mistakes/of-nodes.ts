import * as ssm from "@aws-sdk/client-ssm";
import { runShellScript } from "ssm-run-command";
import {
  assertSucceeded,
  byDocument,
  byPlugin,
  fails,
  hangs,
  inOrder,
  killed,
  reboots,
  succeeds,
  when,
} from "ssm-run-command/fake";
import { runsInShell } from "ssm-run-command/fake/node";
import { ID, js, type Mistakes } from "./mistake.ts";

const script = () => runShellScript("uptime");

export const MISTAKES_OF_NODES: Mistakes = {
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
    {
      code: "fake.nodes.add({ tags: new Map() })",
      make: ({ fake }) => fake.nodes.add(js({ tags: new Map() })),
    },
    {
      code: "fake.nodes.add({ behavior: null })",
      make: ({ fake }) => fake.nodes.add(js({ behavior: null })),
    },
    {
      code: "fake.nodes.add({ behavior: byPlugin })",
      make: ({ fake }) => fake.nodes.add(js({ behavior: byPlugin })),
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
    { code: "hangs({ writes: [undefined] })", make: () => hangs(js({ writes: [undefined] })) },
    { code: "byPlugin(new Map())", make: () => byPlugin(js(new Map())) },
    {
      code: "fake.nodes.add({ behavior: when(async () => false, fails()) }), and a call",
      make: async ({ fake }) => {
        const node = fake.nodes.add({
          behavior: when(
            js(async () => false),
            fails(),
          ),
        });
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
      code: 'fake.faults.throttle("SendCommand", { from: "2m", until: "1m" })',
      make: ({ fake }) => fake.faults.throttle("SendCommand", { from: "2m", until: "1m" }),
    },
    {
      code: 'fake.faults.throttle("SendCommand", { until: 30 })',
      make: ({ fake }) => fake.faults.throttle("SendCommand", js({ until: 30 })),
    },
    {
      code: 'fake.faults.throttle("SendCommand", { times: 1, by: "2s" })',
      make: ({ fake }) => fake.faults.throttle("SendCommand", js({ times: 1, by: "2s" })),
    },
    {
      code: 'fake.faults.loseAnswer("SendCommand", { times: 1, as: "timeOut" })',
      make: ({ fake }) => fake.faults.loseAnswer("SendCommand", js({ times: 1, as: "timeOut" })),
    },
    {
      code: 'fake.faults.loseAnswer("SendCommand", "timeout")',
      make: ({ fake }) => fake.faults.loseAnswer("SendCommand", js("timeout")),
    },
    {
      code: 'fake.faults.limitRate("ListCommands", { perSecond: 0 })',
      make: ({ fake }) => fake.faults.limitRate("ListCommands", { perSecond: 0 }),
    },
    {
      code: 'fake.faults.limitRate("ListCommands", { perSec: 5 })',
      make: ({ fake }) => fake.faults.limitRate("ListCommands", js({ perSec: 5 })),
    },
    {
      code: 'fake.faults.limitRate("ListCommands", 5)',
      make: ({ fake }) => fake.faults.limitRate("ListCommands", js(5)),
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
    {
      code: "fake.faults.throttle(SendCommandCommand, { times: 1 }), the class itself",
      make: ({ fake }) => fake.faults.throttle(js(ssm.SendCommandCommand), { times: 1 }),
    },
    {
      code: 'fake.on("ListCommands", () => ({ refuse: { name, mesage } })), and a call',
      make: async ({ fake }) => {
        fake.on(
          "ListCommands",
          js(() => ({ refuse: { name: "Forbidden", mesage: "no" } })),
        );
        await fake.listCommands({});
      },
    },
  ],
};
