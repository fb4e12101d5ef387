// Events: a Lambda function that EventBridge calls when a command fails, and one that is subscribed to its SNS topic, fed with
// what the service published.
import { RunCommandClient, runShellScript, tagTargets } from "ssm-run-command";
import { FakeSsm, fails, succeeds } from "ssm-run-command/fake";

/** What the function takes of an event; with `@types/aws-lambda` it is an `EventBridgeHandler`. */
interface StatusEvent {
  readonly "detail-type": string;
  readonly time: string;
  readonly detail: { readonly status: string; readonly parameters?: string };
}

/** The function behind a rule of EventBridge. Real events carry `parameters` as a string of JSON. */
async function onStatus({ "detail-type": type, time, detail }: StatusEvent): Promise<void> {
  if (type !== "EC2 Command Status-change Notification" || detail.status !== "Failed") return;
  const { commands } = JSON.parse(detail.parameters ?? "{}");
  console.log(`${time}  ${commands} failed`);
}

/** The function that is subscribed to the topic. */
async function onMessage(event: { Records: { Sns: { Message: string } }[] }): Promise<void> {
  for (const { Sns } of event.Records) {
    const { instanceId, detailedStatus } = JSON.parse(Sns.Message);
    console.log(`${instanceId}  ${detailedStatus}`);
  }
}

const fake = new FakeSsm({
  nodes: [
    { tags: { Role: "web" }, behavior: succeeds({ after: "30s" }) },
    { tags: { Role: "web" }, behavior: fails({ exitCode: 7, after: "90s" }) },
  ],
});
const sent = await new RunCommandClient(fake.client()).send({
  ...runShellScript("./deploy.sh"),
  Targets: tagTargets({ Role: "web" }),
  ServiceRoleArn: "arn:aws:iam::123456789012:role/notify",
  NotificationConfig: {
    NotificationArn: "arn:aws:sns:us-east-1:123456789012:deploys",
    NotificationEvents: ["Success", "Failed"],
    NotificationType: "Invocation",
  },
});
await sent.waitForTerminal();

for (const event of fake.notifications.events()) await onStatus(event);
for (const event of fake.notifications.lambdaEvents()) await onMessage(event);
