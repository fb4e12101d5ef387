// Your own document with steps: its parameters are checked, its steps run in order, and each is a plugin with output.
import { RunCommandClient, tagTargets } from "ssm-run-command";
import { byPlugin, FakeSsm, fails, succeeds } from "ssm-run-command/fake";

const fake = new FakeSsm();
await fake.documents.add(
  "Deploy-App",
  `
schemaVersion: "2.2"
description: Installs a version, verifies it, and cleans up whatever happened.
parameters:
  version:
    type: String
    allowedPattern: "^\\\\d+\\\\.\\\\d+$"
mainSteps:
  - name: install
    action: aws:runShellScript
    inputs: { timeoutSeconds: "120", runCommand: ["./install.sh {{ version }}"] }
  - name: verify
    action: aws:runShellScript
    inputs: { runCommand: ["curl --fail localhost/health"] }
  - name: cleanUp
    action: aws:runShellScript
    inputs: { finallyStep: true, runCommand: ["rm -rf /tmp/deploy"] }
`,
);
const install = succeeds({ after: "90s", stdout: "installed\n" });
const verify = fails({ exitCode: 22, stderr: "503 Service Unavailable\n" });
fake.nodes.add({ tags: { Role: "web" }, behavior: byPlugin({ install }) });
fake.nodes.add({ tags: { Role: "web" }, behavior: byPlugin({ install, verify }) });

const runCommand = new RunCommandClient(fake.client());
const deploy = (version: string) =>
  runCommand.send({
    DocumentName: "Deploy-App",
    Parameters: { version: [version] },
    Targets: tagTargets({ Role: "web" }),
  });

await deploy("latest").catch((error: Error) => console.log(`${error.name}: ${error.message}\n`));

const { invocations } = await (await deploy("1.4")).waitForTerminal();
for (const { instanceId, kind, plugins } of invocations) {
  console.log(`${instanceId} ${kind}`);
  for (const { name, statusDetails, exitCode } of plugins) {
    console.log(`  ${name}: ${statusDetails}, exit code ${exitCode}`);
  }
}
