import { writeSync } from "node:fs";
import { FakeSsm } from "../../../src/fake/index.ts";
import { runsInShell } from "../../../src/fake/shell/runs-in-shell.ts";
import { RunCommandClient, runPowerShellScript, runShellScript } from "../../../src/index.ts";

// A program for tests: it runs the script of its first argument, says "running", and then does what its second names.

const [script = "", ending = "", folder = "", pwsh] = process.argv.slice(2);

listen();
void run();

function listen(): void {
  switch (ending) {
    case "listens once":
      process.once("SIGTERM", () => say("heard"));
      return;
    case "listens and exits":
      process.on("SIGTERM", () => process.exit(3));
      return;
    case "counts the listeners": {
      // As signal-exit does: it ends the process only if nobody else listens.
      const listener = () => {
        if (process.listeners("SIGTERM").length > 1) return say("another");
        process.removeListener("SIGTERM", listener);
        process.kill(process.pid, "SIGTERM");
      };
      process.on("SIGTERM", listener);
      return;
    }
    case "exits":
      process.stdin.once("data", () => process.exit(4));
      return;
    case "throws":
      process.stdin.once("data", () => {
        throw new Error("Nobody catches this.");
      });
  }
}

async function run(): Promise<void> {
  const shell = pwsh === undefined ? {} : { shell: pwsh };
  const fake = new FakeSsm({ behavior: runsInShell({ folder, ...shell }) });
  const { instanceId } = fake.nodes.add({});
  const sent = await new RunCommandClient(fake).send({
    ...(pwsh === undefined ? runShellScript(script) : runPowerShellScript(script)),
    InstanceIds: [instanceId],
  });
  const ended = sent.waitForTerminal();
  if (ending === "ends by itself" || ending === "is reset") await ended;
  if (ending === "is reset") {
    await fake.reset();
    // It goes on until its input ends.
    process.stdin.resume();
  }
  say("running");
}

function say(word: string): void {
  writeSync(1, `${word}\n`);
}
