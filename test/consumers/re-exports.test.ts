import { beforeAll, expect, it } from "vitest";
import { describeBuilt, proviso } from "./built-package.ts";
import { Compiler, type CompilerVersion } from "./compilers.ts";
import { usePackedProject } from "./use-packed-project.ts";

/** A library of a user, which emits declarations of what it exports: the types have to be found or spelled out. */
const OPTIONS = {
  module: "nodenext",
  moduleResolution: "nodenext",
  target: "es2022",
  lib: ["es2022"],
  types: ["node"],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  declaration: true,
  outDir: "out",
} as const;
const VERSIONS: readonly CompilerVersion[] = ["5.4", "6.0"];

describeBuilt(`a library of a user${proviso}`, { timeout: 120_000 }, () => {
  const project = usePackedProject();

  beforeAll(async () => {
    await project().write("package.json", JSON.stringify({ type: "module", private: true }));
    await project().write("client.ts", CLIENT);
    await project().write("fake.ts", FAKE);
    await project().write("explored.ts", EXPLORED);
  }, 60_000);

  it.each(VERSIONS)(
    "can export whatever the package returns or holds, under TypeScript %s",
    async (version) => {
      const compiler = await Compiler.load(version);
      const check = (file: string) => compiler.check(project().folder, { file, options: OPTIONS });
      const files = ["client.ts", "fake.ts", "explored.ts"];
      expect(files.flatMap((file) => check(file).errors)).toEqual([]);
    },
  );
});

const CLIENT = `import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { SSMClient } from "@aws-sdk/client-ssm";
import * as client from "ssm-run-command";
import { readCommandOutput, tailCommandOutput } from "ssm-run-command/cloudwatch-logs";

export const runCommand = new client.RunCommandClient(new SSMClient({}));
export const logs = new CloudWatchLogsClient({});
export const requests = {
  sh: client.runShellScript("a"),
  ps: client.runPowerShellScript("a"),
  targets: client.tagTargets({ a: "b" }),
  output: client.cloudWatchOutput("a"),
};
export const policy = client.nodeLogsPolicy();
export const callers = client.callerPolicy({ document: "a", calls: ["SendCommand"] });
export const names = client.logStreamNames({ commandId: "a", instanceId: "b", pluginName: "c" });
export const tables = [client.COMMAND_STATUSES, client.INVOCATION_STATUSES, client.PLUGIN_STATUSES] as const;
export const details = client.INVOCATION_DETAILS;
export const detail = client.INVOCATION_DETAILS.Success;
export const send = () => runCommand.send({ ...requests.sh, InstanceIds: [] });
export const end = async () => (await send()).waitForTerminal();
export const thrown = async () => client.orThrow(await end());
export async function failed() {
  const outcome = await end();
  if (outcome.kind === "failed") return outcome;
  throw new Error();
}
export async function failedNode() {
  const [invocation] = (await end()).invocations;
  if (invocation?.kind === "failed") return invocation;
  throw new Error();
}
export const plugin = async () => (await failedNode()).plugins[0];
export async function managed() {
  try {
    return await runCommand.waitUntilManaged(["i"]);
  } catch (error) {
    if (error instanceof client.NodesUnavailableError) return error.offline;
    throw error;
  }
}
export const read = async () => readCommandOutput(logs, await end());
export const tail = async () => tailCommandOutput(logs, await send());
export const lists = () => [runCommand.commands({}), runCommand.invocations({})] as const;
export const filters = (request: client.CommandsRequest, of: client.InvocationsRequest) =>
  [request.Filters, of.Filters] as const;
export const output = () => runCommand.readOutput({ commandId: "a", instanceId: "b" });
export const functions = {
  managed: runCommand.waitUntilManaged,
  commands: runCommand.commands,
  orThrow: client.orThrow,
  policy: client.nodeLogsPolicy,
  callers: client.callerPolicy,
  read: readCommandOutput,
};
`;

const FAKE = `import * as fakes from "ssm-run-command/fake";
import * as node from "ssm-run-command/fake/node";

export const fake = new fakes.FakeSsm();
export const { nodes, alarms, groups, parameters, objects, documents, logs, notifications, faults, journal, clock } = fake;
export const behaviors = {
  succeeds: fakes.succeeds(),
  fails: fakes.fails(),
  hangs: fakes.hangs(),
  killed: fakes.killed(),
  reboots: fakes.reboots(),
  inOrder: fakes.inOrder(fakes.succeeds()),
  byPlugin: fakes.byPlugin({}),
  byDocument: fakes.byDocument({}),
  when: fakes.when(() => true, fakes.succeeds()),
  shell: node.runsInShell(),
};
export function exits() {
  const behavior = fakes.fails();
  if (behavior.type === "exits") return behavior;
  throw new Error();
}
export function ordered() {
  const { inOrder } = behaviors;
  if (typeof inOrder === "object" && inOrder.type === "inOrder") return inOrder;
  throw new Error();
}
export function chosen() {
  const { byPlugin } = behaviors;
  if (typeof byPlugin === "object" && byPlugin.type === "byPlugin") return byPlugin;
  throw new Error();
}
export const added = nodes.add();
export const notices = notifications.list();
export const entries = journal.entries();
export const state = alarms.get("a");
export const remove = fake.on("*", () => undefined);
export const configs = [fake.clientConfig(), logs.clientConfig()] as const;
export const handler = fake.clientConfig().requestHandler;
export const ssm = fake.client();
export const served = () => node.serveFakeSsm(fake);
export const fleet = () => node.readFleet("a");
export const firsts = async () => [(await fleet()).documents[0], (await fleet()).nodes[0]] as const;
export const asserts = [fakes.assertSent, fakes.assertReached, fakes.assertSucceeded] as const;
export const functions = {
  entries: fake.journal.entries,
  throttle: fake.faults.throttle,
  set: fake.groups.set,
  on: fake.on,
  read: node.readFleet,
  config: logs.clientConfig,
};
`;

const EXPLORED = `import { explore, type World, type WorldArgument } from "ssm-run-command/explore";
import * as arbitraries from "ssm-run-command/explore/fast-check";
import { FakeSsm } from "ssm-run-command/fake"; // it has the names of what a world is made of

export const fake = new FakeSsm();
export const report = () => explore(() => "succeeded");
export const entry = async () => (await report()).wrong[0];
export const verdict = async () => (await entry())?.verdict;
export const world = (of: World) => [of.faults?.[0], of.meanwhile?.[0], of.nodes[0]?.behavior, of.limits, of.pages] as const;
export const argument = (of: WorldArgument) => [of.target, of.logs, of.ssm, of.logsConfig, of.signal] as const;
export const functions = { explore };
export const generated = [arbitraries.worlds(), arbitraries.fleets(), arbitraries.behaviors()] as const;
`;
