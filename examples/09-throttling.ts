// Throttling and retries: the SDK's own retries get past faults that are injected on purpose, and so does a wait.
import { SendCommandCommand } from "@aws-sdk/client-ssm";
import { RunCommandClient, runShellScript } from "ssm-run-command";
import { FakeSsm, succeeds } from "ssm-run-command/fake";

const fake = new FakeSsm();
const { instanceId } = fake.nodes.add({ behavior: succeeds({ after: "5m" }) });
const request = { ...runShellScript("./deploy.sh"), InstanceIds: [instanceId] };
const ssm = fake.client({ maxAttempts: 3 });

// Two throttled attempts, then it gets through: the SDK retries, and its delays are virtual, too.
fake.faults.throttle("SendCommand", { times: 2 });
const { $metadata } = await ssm.send(new SendCommandCommand(request));
console.log(`SendCommand took ${$metadata.attempts} attempts.`);

// A wait gets past trouble that lasts longer than the SDK's own retries.
fake.faults.throttle("ListCommands", { times: 10 });
fake.faults.resetConnection("ListCommandInvocations", { times: 1 });
const sent = await new RunCommandClient(ssm).send(request);
const outcome = await sent.waitForTerminal();
console.log(`The command ${outcome.kind}.`);

// Trouble that does not pass comes out of send() as the exception that the SDK makes of it.
const mend = fake.faults.throttle("SendCommand", { every: 1 });
await ssm.send(new SendCommandCommand(request)).catch((error: Error) => {
  console.log(`Then SendCommand gave up: ${error.name}, ${error.message}.`);
});
mend();

const struck = fake.journal.entries().filter(({ type }) => type === "fault");
console.log(
  `In all, ${struck.length} calls were struck; never used: ${fake.faults.unused().length}.`,
);
