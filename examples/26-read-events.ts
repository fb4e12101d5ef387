// Events, read: one function for whatever calls it. EventBridge, SNS or a queue tell that a status has changed; it looks at
// the command when it has ended, and nobody polls.
import {
  explain,
  parseStatusChanges,
  RunCommandClient,
  runShellScript,
  tagTargets,
} from "ssm-run-command";
import { FakeSsm, fails, succeeds } from "ssm-run-command/fake";

const fake = new FakeSsm({
  nodes: [
    { tags: { Role: "web" }, behavior: succeeds({ after: "30s" }) },
    {
      tags: { Role: "web" },
      behavior: fails({ exitCode: 7, stderr: "disk full\n", after: "90s" }),
    },
  ],
});
const runCommand = new RunCommandClient(fake.client());

/** The Lambda function. What it is called with is no event of a type that it has to know. */
async function handler(event: unknown): Promise<void> {
  for (const change of parseStatusChanges(event)) {
    const { scope, instanceId, status, statusDetails, ended, at } = change;
    console.log(at.toISOString(), instanceId ?? scope, statusDetails ?? status);
    if (scope === "command" && ended)
      console.log(explain(await runCommand.look(change.commandId)).text);
  }
}

const sent = await runCommand.send({
  ...runShellScript("./deploy.sh"),
  Targets: tagTargets({ Role: "web" }),
  ServiceRoleArn: "arn:aws:iam::123456789012:role/notify",
  NotificationConfig: {
    NotificationArn: "arn:aws:sns:us-east-1:123456789012:deploys",
    NotificationEvents: ["All"],
    NotificationType: "Invocation",
  },
});
await sent.waitForTerminal();

console.log("a rule of EventBridge calls it:");
for (const event of fake.notifications.events()) await handler(event);

console.log("\nthe topic calls it:");
for (const event of fake.notifications.lambdaEvents()) await handler(event);

console.log("\na queue that is subscribed to the topic calls it with a batch:");
const messages = fake.notifications.lambdaEvents().flatMap(({ Records }) => Records);
await handler({
  Records: messages.map(({ Sns }) => ({ eventSource: "aws:sqs", body: JSON.stringify(Sns) })),
});

console.log("\nwhat it cannot read:");
await handler({ Records: [{ eventSource: "aws:sqs", body: "{}" }] }).catch(({ message }) =>
  console.log(message),
);
