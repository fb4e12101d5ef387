// A fleet of any size: 120 ids are three commands with one handle. Events wake the wait, so that it need not poll; what failed is
// sent again, with all of its output at hand.
import {
  groupByOutput,
  RunCommandClient,
  retryRequest,
  runShellScript,
  type SentFleet,
  summarize,
} from "ssm-run-command";
import { FakeSsm, fails, inOrder, succeeds } from "ssm-run-command/fake";

const fake = new FakeSsm();
const InstanceIds = Array.from({ length: 120 }, (_, index) => {
  const done = succeeds({ after: "90s", stdout: "deployed\n" });
  const locked = fails({ exitCode: 7, after: "30s", stderr: "dpkg is locked\n" });
  const behavior = index % 20 === 0 ? inOrder(locked, done) : done;
  return fake.nodes.add({ behavior }).instanceId;
});
const runCommand = new RunCommandClient(fake.client());

/** What tells this job of changes: a queue behind a rule of EventBridge, say. Here, the events of the fake. */
async function* events() {
  const arrived: unknown[] = [];
  let wake = () => {};
  const remove = fake.notifications.on((event) => {
    arrived.push(event);
    wake();
  });
  try {
    for (;;) {
      while (arrived.length > 0) yield arrived.shift();
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    remove();
  }
}

/** Waits for events, and polls every five minutes in case that one got lost. */
async function report(sent: SentFleet) {
  const begun = fake.journal.entries("ListCommands").length;
  const wakeOn = events();
  const outcome = await sent.waitForTerminal({ wakeOn, pollEvery: "5m", separateStreams: 60 });
  console.log(String(summarize(outcome, { lines: 1 })));
  for (const { nodes, kind, output } of groupByOutput(outcome)) {
    console.log(`  ${nodes.length} ${kind}: ${output.split("\n", 1)}`);
  }
  const polls = fake.journal.entries("ListCommands").length - begun;
  console.log(`  ${polls} polls\n`);
  return outcome;
}

const limits = { MaxConcurrency: "50%", MaxErrors: "10%" };
const request = { ...runShellScript("./deploy.sh"), InstanceIds, ...limits };
const sent = await runCommand.sendAll(request, { once: "deploy-1a2b" });
console.log(`${sent.parts.length} commands, with places for`);
for (const { command } of sent.parts) {
  console.log(`  ${command.MaxConcurrency} of ${command.TargetCount} nodes at once`);
}
const outcome = await report(sent);

const again = retryRequest(outcome);
if (again) await report(await runCommand.sendAll(again, { once: "deploy-1a2b.retry" }));
