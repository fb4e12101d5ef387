import { writeSync } from "node:fs";
import { FakeSsm } from "../../../src/fake/index.ts";
import { runsInShell } from "../../../src/fake/shell/runs-in-shell.ts";
import { RunCommandClient, runShellScript } from "../../../src/index.ts";

// A program for tests: it runs the script of its first argument, says "running", and then does what its second names.

const [script = "", ending = "", folder = ""] = process.argv.slice(2);
const fake = new FakeSsm({ behavior: runsInShell({ folder }) });
const { instanceId } = fake.nodes.add({});

switch (ending) {
  case "listens once":
    process.once("SIGTERM", () => say("heard"));
    break;
  case "listens and exits":
    process.on("SIGTERM", () => process.exit(3));
    break;
  case "counts the listeners": {
    // As signal-exit does: it ends the process only if nobody else listens.
    const listener = () => {
      if (process.listeners("SIGTERM").length > 1) return say("another");
      process.removeListener("SIGTERM", listener);
      process.kill(process.pid, "SIGTERM");
    };
    process.on("SIGTERM", listener);
  }
}

const sent = await new RunCommandClient(fake).send({
  ...runShellScript(script),
  InstanceIds: [instanceId],
});
const ended = sent.waitForTerminal();
if (ending === "ends by itself") await ended;
if (ending === "is reset") {
  await ended;
  await fake.reset();
}
// By now a script that goes on has its guard.
await new Promise((resolve) => setTimeout(resolve, 300));
say("running");
// Keeps this process alive, but for those that end by themselves.
const alive = setInterval(() => {}, 1_000);
if (ending === "ends by itself" || ending === "is reset") clearInterval(alive);
process.stdin.once("data", () => {
  if (ending === "throws") throw new Error("Nobody catches this.");
  process.exit(4);
});
if (ending !== "throws" && ending !== "exits") process.stdin.destroy();

function say(word: string): void {
  writeSync(1, `${word}\n`);
}
