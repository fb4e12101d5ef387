// The tour: one command to a small fleet, from the send to the output in CloudWatch Logs. `npm start` runs it;
// `npm start -- --script FILE` runs a script of yours on the three nodes that have a real shell.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { CloudWatchLogsClient, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  type CommandProgress,
  cloudWatchOutput,
  defaultLogGroupName,
  type InvocationOutcome,
  logStreamNames,
  RunCommandClient,
  runShellScript,
  tagTargets,
} from "ssm-run-command";
import { FakeSsm, fails } from "ssm-run-command/fake";
import { runsInShell } from "ssm-run-command/fake/node";

// The SDK's reminder that it will need a newer Node is not about this tour.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

const script = readScript();

// A fleet: three nodes with a real shell, one whose disk is full, one that cannot be reached.
const fake = new FakeSsm();
const tags = { Role: "web", Env: "prod" };
for (const name of ["web-1", "web-2", "web-3"]) {
  fake.nodes.add({ name, tags, behavior: runsInShell() });
}
fake.nodes.add({
  name: "web-4",
  tags,
  behavior: fails({ exitCode: 7, stderr: "no space left on device\n", after: "500ms" }),
});
fake.nodes.add({ name: "web-5", tags, agent: "unreachable" });

// In production these two lines are `new SSMClient({})` and `new CloudWatchLogsClient({})`.
const ssm = fake.client();
const logs = new CloudWatchLogsClient(fake.logs.clientConfig());

const runCommand = new RunCommandClient(ssm);
const sent = await runCommand.send({
  ...runShellScript(script),
  Targets: tagTargets({ Role: "web", Env: ["prod", "staging"] }),
  CloudWatchOutputConfig: cloudWatchOutput(),
  Comment: "the tour",
});
console.log(`Sent ${sent.commandId} to the nodes with Role=web.\n`);

const outcome = await sent.waitForTerminal({ onProgress: showProgress });
showProgressIsOver();

heading("Outcome");
console.log(`${outcome.command.Status} / ${outcome.command.StatusDetails} (${outcome.kind})`);
for (const invocation of outcome.invocations) console.log(describe(invocation));

heading("Counters");
const { TargetCount, CompletedCount, ErrorCount, DeliveryTimedOutCount } = outcome.command;
for (const [name, count] of Object.entries({
  TargetCount,
  CompletedCount,
  ErrorCount,
  DeliveryTimedOutCount,
})) {
  console.log(`${name.padEnd(22)} ${count}`);
}

heading("Timeline");
console.log(fake.timeline({ commandId: sent.commandId }));

heading("Output, read back from CloudWatch Logs");
for (const { instanceId, plugins } of outcome.invocations) {
  for (const { name } of plugins) await showOutput(instanceId, name);
}

/** The two streams of a plugin, by the names that the agent gives them. */
async function showOutput(instanceId: string, pluginName: string): Promise<void> {
  const streams = logStreamNames({ commandId: sent.commandId, instanceId, pluginName });
  const logGroupName = defaultLogGroupName("AWS-RunShellScript");
  for (const logStreamName of [streams.stdout, streams.stderr]) {
    const found = await logs
      .send(new GetLogEventsCommand({ logGroupName, logStreamName, startFromHead: true }))
      // A stream exists only once something was written to it.
      .catch((error: Error) => {
        if (error.name === "ResourceNotFoundException") return undefined;
        throw error;
      });
    if (found?.events === undefined) continue;
    console.log(`${logGroupName}  ${logStreamName}`);
    for (const { message = "" } of found.events) console.log(indent(message));
  }
}

function describe(invocation: InvocationOutcome): string {
  const { Status, StatusDetails, InstanceName } = invocation.invocation;
  const exit = "exitCode" in invocation ? `exit code ${invocation.exitCode}` : "";
  const status = `${Status} / ${StatusDetails}`;
  return [InstanceName, invocation.instanceId, status.padEnd(28), exit].join("  ").trimEnd();
}

/** One line that changes on a terminal; elsewhere a line whenever the counts change. */
function showProgress({ counts, total }: CommandProgress): void {
  const shown = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(", ");
  const line = `  ${total} nodes: ${shown}`;
  if (process.stdout.isTTY) process.stdout.write(`\r\x1b[2K${line}`);
  else if (line !== showProgress.last) console.log(line);
  showProgress.last = line;
}
showProgress.last = "";

function showProgressIsOver(): void {
  if (process.stdout.isTTY) process.stdout.write("\n");
}

function heading(text: string): void {
  console.log(`\n${text}\n${"-".repeat(text.length)}`);
}

function indent(text: string): string {
  return text.replace(/^/gm, "    ");
}

function readScript(): string {
  const { values } = parseArgs({ options: { script: { type: "string" } } });
  const file = values.script ?? new URL("deploy.sh", import.meta.url);
  try {
    return readFileSync(file, "utf8");
  } catch {
    console.error(
      `There is no script ${values.script} to run. Name a file that exists: npm start -- --script FILE.`,
    );
    process.exit(1);
  }
}
