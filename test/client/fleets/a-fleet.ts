import { SSMClient } from "@aws-sdk/client-ssm";
import { type CommandOutcome, RunCommandClient, runShellScript } from "ssm-run-command";
import { FakeSsm, type FakeSsmOptions, type NodeOptions, succeeds } from "ssm-run-command/fake";

/** A fake with so many nodes, in the order of their ids, and a client of the real SDK on it. */
export function aFleet(
  count: number,
  {
    node = () => ({}),
    ...options
  }: FakeSsmOptions & { readonly node?: (index: number) => NodeOptions } = {},
) {
  const fake = new FakeSsm(options);
  const ids = Array.from({ length: count }, (_, index) => {
    const instanceId = `i-${String(index).padStart(17, "0")}`;
    fake.nodes.add({ instanceId, behavior: succeeds({ after: "20s" }), ...node(index) });
    return instanceId;
  });
  const runCommand = new RunCommandClient(new SSMClient(fake.clientConfig()));
  const request = { ...runShellScript("./deploy.sh"), InstanceIds: ids };
  const callsOf = (operation: "SendCommand" | "ListCommands" | "CancelCommand" | "*") =>
    operation === "*"
      ? fake.journal.entries().length
      : fake.journal.entries(operation).filter(({ type }) => type !== "fault").length;
  /** What was sent: a member of each command, oldest first. */
  const sent = () => fake.records().map((record) => record.request);
  return { fake, ids, runCommand, request, callsOf, sent };
}

/** How many nodes ran at once, at most, by the times that the plugins report. */
export function mostAtOnce({ invocations }: CommandOutcome): number {
  const moves = invocations.flatMap(({ invocation: { CommandPlugins: [plugin] = [] } }) => [
    [Number(plugin?.ResponseStartDateTime), 1] as const,
    [Number(plugin?.ResponseFinishDateTime), -1] as const,
  ]);
  moves.sort(([one, out], [other, into]) => one - other || out - into);
  let running = 0;
  return Math.max(...moves.map(([, step]) => (running += step)));
}
