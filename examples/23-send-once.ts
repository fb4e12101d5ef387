// A command is sent once, although its answer is lost and the job that sent it is started again.
import { MaybeSentError, RunCommandClient, runShellScript, tagTargets } from "ssm-run-command";
import { assertSentOnce, FakeSsm, succeeds } from "ssm-run-command/fake";

const fake = new FakeSsm();
fake.nodes.add({ tags: { Role: "web" }, behavior: succeeds({ after: "90s" }) });
const runCommand = new RunCommandClient(fake.client());
const request = {
  ...runShellScript("./deploy.sh"),
  Targets: tagTargets({ Role: "web" }),
  Comment: "nightly",
};

// The service takes the command, and the connection breaks before its answer is there. An SDK by itself would send it again.
fake.faults.loseAnswer("SendCommand", { times: 1 });
const sent = await runCommand.send(request, { once: "deploy-1a2b" });
console.log(`adopted: ${sent.adopted}, comment: ${sent.command.Comment}`);

// The job is killed, and its scheduler starts it again: the same key, the same command.
const again = await runCommand.send(request, { once: "deploy-1a2b" });
console.log(`the same command: ${again.commandId === sent.commandId}`);
console.log((await again.waitForTerminal()).kind);
assertSentOnce(fake, { comment: "nightly [once:deploy-1a2b]" });

// A key is one request: what differs is named, and nothing is sent.
const other = { ...request, ...runShellScript("./rollback.sh") };
await runCommand
  .send(other, { once: "deploy-1a2b" })
  .catch((error: Error) =>
    console.log(`\n${error.name}: it differs in ${Reflect.get(error, "differs")}`),
  );

// Without a key, the error says that it does not know, and can look.
fake.faults.loseAnswer("SendCommand", { times: 1 });
try {
  await runCommand.send(request);
} catch (error) {
  if (!(error instanceof MaybeSentError)) throw error;
  console.log(`\n${error.message}`);
  console.log(`found: ${(await error.find())?.command.Status}`);
}
