import type {
  DescribeInstanceInformationCommandInput,
  InstanceInformation,
} from "@aws-sdk/client-ssm";
import { MAX_INSTANCE_IDS, MAX_PAGE_SIZE } from "../../domain/limits.ts";
import type { CallOptions, RunCommandApi } from "../../domain/run-command-api.ts";
import type { NodeStanding } from "../errors/nodes-unavailable-error.ts";
import { paginate } from "../paginate.ts";

/**
 * Which nodes Systems Manager knows and calls Online: one DescribeInstanceInformation call per 50 ids, and one more for
 * each further page.
 *
 * @throws TypeError when the api lacks that operation.
 */
export async function nodeStanding(
  api: RunCommandApi,
  { instanceIds, options }: { instanceIds: readonly string[]; options: CallOptions | undefined },
): Promise<NodeStanding> {
  const describe = api.describeInstanceInformation?.bind(api);
  if (describe === undefined) {
    throw new TypeError("This RunCommandApi lacks describeInstanceInformation. Wrap an SSMClient.");
  }
  const known = new Map<string | undefined, InstanceInformation>();
  for (let from = 0; from < instanceIds.length; from += MAX_INSTANCE_IDS) {
    const Values = instanceIds.slice(from, from + MAX_INSTANCE_IDS);
    const input: DescribeInstanceInformationCommandInput = {
      Filters: [{ Key: "InstanceIds", Values }],
      MaxResults: MAX_PAGE_SIZE,
    };
    const nodes = paginate(input, {
      operation: "DescribeInstanceInformation",
      ask: (page) => describe(page, options),
      items: (page) => page.InstanceInformationList,
    });
    for await (const node of nodes) known.set(node.InstanceId, node);
  }
  const isOnline = (id: string) => known.get(id)?.PingStatus === "Online";
  return {
    unknown: instanceIds.filter((id) => !known.has(id)),
    offline: instanceIds
      .filter((id) => known.has(id) && !isOnline(id))
      .map((instanceId) => {
        const { PingStatus: pingStatus = "", LastPingDateTime: since } =
          known.get(instanceId) ?? {};
        return { instanceId, pingStatus, since };
      }),
    online: instanceIds.filter(isOnline),
  };
}
