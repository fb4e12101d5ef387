// Cancel half way: an AbortSignal stops the command itself, and the outcome says how each node ended.
import { RunCommandClient, runShellScript, tagTargets } from "ssm-run-command";
import { FakeSsm, succeeds } from "ssm-run-command/fake";
import { whichAccount } from "./which-account.ts";

const web = { tags: { Role: "web" }, behavior: succeeds({ after: "3s" }) };
const fake = new FakeSsm({ nodes: [web, web, web] });
const { ssm, targets } = whichAccount(fake, tagTargets({ Role: "web" }));

const sent = await new RunCommandClient(ssm).send({
  ...runShellScript("sleep 3"),
  Targets: targets,
  MaxConcurrency: "1",
});

// In a program of yours: `process.once("SIGINT", () => stop.abort())`, so that Ctrl-C leaves no command running.
const stop = new AbortController();
const outcome = await sent.waitForTerminal({
  signal: stop.signal,
  onAbort: "cancel", // without it, an abort ends the waiting and leaves the command alone
  pollEvery: "1s",
  onProgress: ({ counts, total }) => {
    if (counts.succeeded >= total / 2) stop.abort();
  },
});

console.log(`The command was ${outcome.kind}.`);
for (const { instanceId, kind, invocation } of outcome.invocations) {
  console.log(`  ${instanceId} ${kind} (${invocation.StatusDetails})`);
}
