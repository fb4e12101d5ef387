import type {
  DescribeInstanceInformationCommandInput,
  InstanceInformation,
} from "@aws-sdk/client-ssm";
import { MAX_INSTANCE_IDS, MAX_PAGE_SIZE } from "../../domain/limits.ts";
import type { CallOptions, RunCommandApi } from "../../domain/run-command-api.ts";
import type { NodeStanding, OfflineNode } from "../errors/nodes-unavailable-error.ts";
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
    throw new TypeError("The api lacks describeInstanceInformation. Wrap an SSMClient.");
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
  const unknown: string[] = [];
  const offline: OfflineNode[] = [];
  const online: string[] = [];
  for (const instanceId of instanceIds) {
    const node = known.get(instanceId);
    const { PingStatus: pingStatus = "", LastPingDateTime: since } = node ?? {};
    if (pingStatus === "Online") online.push(instanceId);
    else if (node) offline.push({ instanceId, pingStatus, since });
    else unknown.push(instanceId);
  }
  return { unknown, offline, online };
}
