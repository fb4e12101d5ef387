import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { SSMClient } from "@aws-sdk/client-ssm";
import {
  CommandFailedError,
  CommandNotFoundError,
  type CommandOutcome,
  cloudWatchOutput,
  orThrow,
  RepeatedTokenError,
  type RunCommandApi,
  RunCommandClient,
  runShellScript,
  type SendRequest,
  tagTargets,
} from "ssm-run-command";
import { type ExploreReport, explore, type WorldArgument } from "ssm-run-command/explore";
import { FakeSsm, type FakeSsmOptions, fails, hangs, succeeds } from "ssm-run-command/fake";
import { LogStore } from "../../src/fake/logs/log-store.ts";
import { counters } from "../explore/patterns/counters.ts";
import { rejectionOf } from "./rejection.ts";

type Pieces = Readonly<Record<string, (fake: FakeSsm) => unknown>>;
type Values<P> = { readonly [Name in keyof P]: P[Name] extends () => infer V ? Awaited<V> : never };

/** What a block may use without declaring it, by name. */
export type Scene = Values<ReturnType<typeof commonScene>>;
/** What a single block may use in addition, by its place. */
export type OwnScene<Place extends keyof typeof OWN_SCENES> = {
  readonly [Name in keyof (typeof OWN_SCENES)[Place]]: (typeof OWN_SCENES)[Place][Name] extends (
    fake: FakeSsm,
  ) => infer V
    ? Awaited<V>
    : never;
};

const INSTANCE_ID = "i-0123456789abcdef0";

const DEPLOY_APP = `schemaVersion: "2.2"
parameters:
  version: { type: String, default: "1.0.0" }
mainSteps:
  - name: install
    action: aws:runShellScript
    inputs: { runCommand: ["./install.sh {{ version }}"] }
  - name: verify
    action: aws:runShellScript
    inputs: { runCommand: ["./verify.sh"] }
`;

/** The account that the blocks of the documentation use: one node, and a clock that moves when something waits. */
export function sceneAccount({ latency }: Pick<FakeSsmOptions, "latency"> = {}): FakeSsm {
  const behavior = succeeds({ stdout: "deployed\n" });
  return new FakeSsm({
    ...(latency === undefined ? {} : { latency }),
    nodes: [{ instanceId: INSTANCE_ID, tags: { Role: "web", Env: "prod" }, behavior }],
  });
}

/** The names that every block may use, each made when it is asked for. */
export function commonScene(fake: FakeSsm) {
  const runCommand = new RunCommandClient(fake);
  const request: SendRequest = { ...runShellScript("./deploy.sh"), InstanceIds: [INSTANCE_ID] };
  const sent = once(() =>
    runCommand.send({ ...request, CloudWatchOutputConfig: cloudWatchOutput() }),
  );
  const outcome = once(async () => (await sent()).waitForTerminal());
  return {
    fake: () => fake,
    node: () => sceneNode(fake),
    instanceId: () => INSTANCE_ID,
    ssm: () => fake.client(),
    logs: () => new CloudWatchLogsClient(fake.logs.clientConfig()),
    runCommand: () => runCommand,
    request: () => request,
    sent,
    outcome,
    commandId: async () => (await outcome()).command.CommandId ?? "",
    clock: () => fake.clock,
    error: (): Promise<unknown> => commandFailure(fake),
    signal: () => new AbortController().signal,
    token: () => "a secret",
    events: (): AsyncIterable<unknown> => twoEvents(),
    queue: () => ({ later: async (_commandId: string): Promise<void> => {} }),
    deployAppYaml: () => DEPLOY_APP,
    deploy: () => deploy,
    report: (): Promise<ExploreReport> =>
      explore(({ ssm, target }) => deploy(ssm, target), { worlds: ["no node has the tag"] }),
  } satisfies Readonly<Record<string, () => unknown>>;
}

async function* twoEvents() {
  yield { detail: { status: "InProgress" } };
  yield { detail: { status: "Success" } };
}

/** The names that a single block uses, by its place. */
export const OWN_SCENES = {
  "docs/why-loops-lie.md: What explore hands you": { counters: () => counters },
  "src/client/errors/errors.ts: RunCommandError": { error: stillRunning },
  "src/client/errors/errors.ts: StillRunningError": { error: stillRunning },
  "src/client/errors/errors.ts: CommandNotFoundError": {
    error: (fake) => {
      const nobodys = "7c1f0a3e-0000-4000-8000-000000000000";
      return rejectedWith(
        CommandNotFoundError,
        new RunCommandClient(fake).waitForTerminal(nobodys),
      );
    },
  },
  "src/client/errors/errors.ts: RepeatedTokenError": {
    error: (fake) => {
      fake.on("ListCommands", () => ({ answer: { Commands: [], NextToken: "again" } }));
      return rejectedWith(RepeatedTokenError, walk(new RunCommandClient(fake).commands()));
    },
  },
  "src/client/outcomes/command-failed-error.ts: CommandFailedError": { error: commandFailure },
  "src/client/errors/nodes-unavailable-error.ts: NodesUnavailableError": {
    error: (fake): Promise<unknown> => {
      sceneNode(fake).remove();
      return rejectionOf(new RunCommandClient(fake).waitUntilManaged([INSTANCE_ID]));
    },
  },
  "src/client/outcomes/outcome.ts: InvocationOutcome": {
    outcome: async (fake) => {
      const { invocations } = await failedDeploy(fake);
      const [outcome] = invocations;
      if (outcome === undefined) throw new Error("The command reached no node.");
      return outcome;
    },
  },
  "src/client/run-command-client.ts: RunCommandClient.commands": {
    runCommand: async (fake) => {
      sceneNode(fake).behavior = hangs();
      const { runCommand, sent } = commonScene(fake);
      await sent();
      return runCommand();
    },
  },
  "src/cloudwatch-logs/read-command-output.ts: readCommandOutput": {
    sent: (fake) => {
      sceneNode(fake).behavior = succeeds({ stdout: "x".repeat(100_000) });
      return commonScene(fake).sent();
    },
  },
  "src/fake/logs/logs-service.ts: LogService": { store: () => new LogStore() },
  "src/fake/logs/log-store.ts: LogStore": {
    store: () => new LogStore(),
    group: () => "/aws/ssm/AWS-RunShellScript",
    stream: () => "c/i/aws-runShellScript/stdout",
  },
} as const satisfies Readonly<Record<string, Pieces>>;

/** A user's code: deploys to the web nodes, or to those of a world, and waits. */
async function deploy(
  api: SSMClient | RunCommandApi,
  target: WorldArgument["target"] = { Targets: tagTargets({ Role: "web" }) },
): Promise<CommandOutcome> {
  const sent = await new RunCommandClient(api).send({
    ...runShellScript("./deploy.sh"),
    ...target,
  });
  return sent.waitForTerminal();
}

function sceneNode(fake: FakeSsm) {
  const node = fake.nodes.get(INSTANCE_ID);
  if (node === undefined) throw new Error(`The scene has no node ${INSTANCE_ID}.`);
  return node;
}

function failedDeploy(fake: FakeSsm): Promise<CommandOutcome> {
  sceneNode(fake).behavior = fails({ exitCode: 7, stderr: "disk full\n" });
  return deploy(fake);
}

function commandFailure(fake: FakeSsm): Promise<CommandFailedError> {
  return rejectedWith(
    CommandFailedError,
    failedDeploy(fake).then((outcome) => orThrow(outcome)),
  );
}

async function stillRunning(fake: FakeSsm): Promise<unknown> {
  sceneNode(fake).behavior = hangs();
  const sent = await commonScene(fake).sent();
  return rejectionOf(sent.waitForTerminal({ timeout: "10m" }));
}

async function rejectedWith<E extends Error>(
  kind: { readonly prototype: E; readonly name: string },
  promise: Promise<unknown>,
): Promise<E> {
  const reason = await rejectionOf(promise);
  if (!(reason instanceof Error) || reason.name !== kind.name) throw reason;
  return reason as E; // its name is a literal of its class
}

async function walk(items: AsyncIterable<unknown>): Promise<void> {
  for await (const _item of items);
}

function once<T>(make: () => T): () => T {
  const made: T[] = [];
  return () => {
    if (made.length === 0) made.push(make());
    return made[0] as T; // made right here
  };
}
