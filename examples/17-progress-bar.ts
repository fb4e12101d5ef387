// A progress bar: one line that grows on a terminal, and plain lines, one per change, where there is none (CI, a file).
import {
  type CommandProgress,
  RunCommandClient,
  runShellScript,
  tagTargets,
} from "ssm-run-command";
import { FakeSsm, fails, succeeds } from "ssm-run-command/fake";
import { whichAccount } from "./which-account.ts";

// Every node takes its own time, from the fake's seed; one fails.
const fake = new FakeSsm({ behavior: ({ random }) => succeeds({ after: `${random() * 60}s` }) });
for (let number = 1; number <= 12; number++) fake.nodes.add({ tags: { Role: "web" } });
fake.nodes.add({ tags: { Role: "web" }, behavior: fails({ after: "20s" }) });
const { ssm, targets } = whichAccount(fake, tagTargets({ Role: "web" }));

const sent = await new RunCommandClient(ssm).send({
  ...runShellScript("sleep 1"),
  Targets: targets,
  MaxErrors: "100%",
});

let last = "";
const outcome = await sent.waitForTerminal({
  pollEvery: "5s",
  onProgress: (progress) => show(barOf(progress)),
});
if (process.stdout.isTTY) process.stdout.write("\n");
console.log(`The command ended as ${outcome.kind}.`);

function barOf({ counts, total }: CommandProgress): string {
  const { pending, inProgress, delayed, cancelling, succeeded, ...bad } = counts;
  const ended = total - pending - inProgress - delayed - cancelling;
  const width = total === 0 ? 0 : Math.floor((20 * ended) / total);
  const failed = Object.values(bad).reduce((sum, count) => sum + count, 0);
  return `[${"#".repeat(width).padEnd(20, ".")}] ${ended} of ${total} ended, ${failed} badly`;
}

function show(bar: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r${bar}`);
  else if (bar !== last) console.log(bar);
  last = bar;
}
