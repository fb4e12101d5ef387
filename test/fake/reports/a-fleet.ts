import { RunCommandClient, runShellScript, tagTargets } from "ssm-run-command";
import { FakeSsm, type FakeSsmOptions, succeeds } from "ssm-run-command/fake";

export const TOPIC = "arn:aws:sns:us-east-1:123456789012:deploys";
/** What a request adds that asks for all SNS messages about its command. */
export const NOTIFIED = {
  ServiceRoleArn: "arn:aws:iam::123456789012:role/notify",
  NotificationConfig: { NotificationArn: TOPIC, NotificationEvents: ["All" as const] },
};

/** A fake of two nodes, and a function that sends a command to both and waits for its end. */
export function aFleet(options: FakeSsmOptions = {}) {
  const fake = new FakeSsm({
    latency: "instant",
    nodes: [{ tags: { Role: "web" } }, { tags: { Role: "web" } }],
    behavior: succeeds({ after: "10s" }),
    ...options,
  });
  const runCommand = new RunCommandClient(fake);
  const deploy = async (more: object = {}) => {
    const Targets = tagTargets({ Role: "web" });
    const sent = await runCommand.send({ ...runShellScript("./deploy.sh"), Targets, ...more });
    await sent.waitForTerminal();
    return sent;
  };
  return { fake, runCommand, deploy };
}
