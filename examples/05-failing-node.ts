// A node that fails, and the error that says where and why: a pipeline that must not go on calls orThrow().
import {
  CommandFailedError,
  orThrow,
  RunCommandClient,
  runShellScript,
  tagTargets,
} from "ssm-run-command";
import { FakeSsm, fails } from "ssm-run-command/fake";
import { whichAccount } from "./which-account.ts";

const fake = new FakeSsm();
fake.nodes.add({ tags: { Role: "web" } });
fake.nodes.add({
  tags: { Role: "web" },
  behavior: fails({ exitCode: 7, stderr: "token=s3cr3t\ndisk full\n", after: "90s" }),
});
const { ssm, targets } = whichAccount(fake, tagTargets({ Role: "web" }));

const sent = await new RunCommandClient(ssm).send({
  ...runShellScript("echo token=s3cr3t >&2; echo disk full >&2; exit 7"),
  Targets: targets,
});
const outcome = await sent.waitForTerminal();

// A failed command is an outcome; code that wants an exception asks for one, and says what no log may show.
try {
  orThrow(outcome, { lines: 5, redact: (text) => text.replace(/token=\S+/g, "token=***") });
} catch (error) {
  if (!(error instanceof CommandFailedError)) throw error;
  console.log(error.message);
  console.log(`\n${error.instanceId}: ${error.pluginName} exited with ${error.exitCode}.`);
}
