// Code that is called again and again, such as a Lambda function or a step of Step Functions, looks once and never sleeps.
// When the command has ended, it says why, and what to do next.
import { explain, RunCommandClient, runShellScript, tagTargets } from "ssm-run-command";
import { FakeSsm, fails, succeeds } from "ssm-run-command/fake";

const fake = new FakeSsm();
for (const minutes of [1, 2, 3]) {
  const behavior = succeeds({ after: `${minutes}m` });
  fake.nodes.add({ tags: { Role: "web" }, behavior });
}
const full = fails({ exitCode: 7, stderr: "retrying\ndisk full\n", after: "4m" });
fake.nodes.add({ tags: { Role: "web" }, behavior: full });
fake.nodes.add({ tags: { Role: "web" }, behavior: full });

const runCommand = new RunCommandClient(fake.client());
const { commandId } = await runCommand.send({
  ...runShellScript("./deploy.sh"),
  Targets: tagTargets({ Role: "web" }),
});

/** What a step of a workflow does: the id comes in, and what it found goes out. */
async function step(id: string): Promise<"again" | "done"> {
  const look = await runCommand.look(id);
  switch (look.kind) {
    case "unknown":
    case "running":
      console.log(
        look.kind === "running" ? `${look.ended} of 5 nodes have ended` : "not shown yet",
      );
      return "again";
    case "succeeded":
      console.log("deployed");
      return "done";
    default:
      console.log(`\n${explain(look).text}`);
      return "done";
  }
}

// The workflow waits, not the code.
while ((await step(commandId)) === "again") await fake.clock.sleep("90s");
