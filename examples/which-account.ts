// Which account an example uses: the fake, or with `--aws --target tag:Role=web` your own. There the SDK finds region,
// credentials and endpoint as always, and the example runs its (harmless) script on the nodes that you name.
import { parseArgs } from "node:util";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { SSMClient, type Target } from "@aws-sdk/client-ssm";
import type { Clock } from "ssm-run-command";
import type { FakeSsm } from "ssm-run-command/fake";

export interface WhichAccount {
  readonly isAws: boolean;
  readonly ssm: SSMClient;
  readonly logs: CloudWatchLogsClient;
  readonly targets: Target[];
}

/** The fake with its targets, unless the command line says `--aws`. */
export function whichAccount(fake: FakeSsm<Clock>, targets: Target[]): WhichAccount {
  const { values } = parseArgs({
    options: { aws: { type: "boolean", default: false }, target: { type: "string" } },
  });
  if (!values.aws) {
    const logs = new CloudWatchLogsClient(fake.logs.clientConfig());
    return { isAws: false, ssm: fake.client(), logs, targets };
  }
  const [Key, list] = values.target?.split("=") ?? [];
  if (!Key || !list) {
    console.error("Say which of your nodes run the script: --aws --target tag:Role=web.");
    process.exit(2);
  }
  return {
    isAws: true,
    ssm: new SSMClient({}),
    logs: new CloudWatchLogsClient({}),
    targets: [{ Key, Values: list.split(",") }],
  };
}
