import type {
  DescribeInstanceInformationRequest,
  DescribeInstanceInformationResult,
  InstanceInformation,
} from "@aws-sdk/client-ssm";
import type { Account } from "../../account/account.ts";
import type { FakeNode } from "../../account/nodes.ts";
import { decodeToken, encodeToken } from "../../calls/page-token.ts";
import { type Answer, answered, refused } from "../../result.ts";
import { instanceFilter, type NodeFilter } from "./filters.ts";

/** Items of a page when a request does not say (documented). */
const DEFAULT_PAGE_SIZE = 10;

/** The release of the agent that the recordings of 2026-09 show. */
const AGENT_VERSION = "3.3.5226.0";

const PLATFORMS = {
  Linux: { PlatformName: "Amazon Linux", PlatformVersion: "2023" },
  Windows: {
    PlatformName: "Microsoft Windows Server 2022 Datacenter",
    PlatformVersion: "10.0.20348",
  },
  MacOS: { PlatformName: "macOS", PlatformVersion: "14.5" },
} as const;

/**
 * DescribeInstanceInformation: the nodes that the service knows, without stopped ones. Both forms of filters are taken, the
 * old one without tags.
 */
export function describeInstanceInformation(
  request: DescribeInstanceInformationRequest,
  { account }: { readonly account: Account },
): Answer<DescribeInstanceInformationResult> {
  const filters: readonly NodeFilter[] = [
    ...(request.Filters ?? []).map(({ Key = "", Values = [] }) => ({ key: Key, values: Values })),
    ...(request.InstanceInformationFilterList ?? []).map(({ key = "", valueSet = [] }) => ({
      key,
      values: valueSet,
      isOldForm: true,
    })),
  ];
  const tests: ((information: InstanceInformation, node: FakeNode) => boolean)[] = [];
  for (const filter of filters) {
    const test = instanceFilter(filter);
    if (typeof test !== "function") return { ok: false, refusal: test };
    tests.push(test);
  }
  const { MaxResults = DEFAULT_PAGE_SIZE, NextToken } = request;
  const question = JSON.stringify(["DescribeInstanceInformation", filters]);
  const place = NextToken === undefined ? [-1] : decodeToken(NextToken, question);
  if (place === undefined) return refused("InvalidNextToken");

  const found: InstanceInformation[] = [];
  let last = place[0] ?? -1;
  const nodes = account.nodes.list();
  for (let index = last + 1; index < nodes.length; index++) {
    const node = nodes[index];
    if (node === undefined || node.state === "stopped") continue;
    const information = toInformation(node, account);
    if (!tests.every((test) => test(information, node))) continue;
    if (found.length === MaxResults) {
      return answered({ InstanceInformationList: found, NextToken: encodeToken([last], question) });
    }
    found.push(information);
    last = index;
  }
  return answered({ InstanceInformationList: found });
}

/** The ping status stays Online for a while after the agent has gone (recorded 2026-09: more than 84 s). */
function toInformation(node: FakeNode, { clock, delays }: Account): InstanceInformation {
  const { instanceId, platform, name, offlineSince } = node;
  const isHybrid = instanceId.startsWith("mi-");
  const now = clock.now();
  const isLost = offlineSince !== undefined && now - offlineSince >= delays.pingLostAfter;
  return {
    InstanceId: instanceId,
    PingStatus: isLost ? "ConnectionLost" : "Online",
    LastPingDateTime: new Date(offlineSince ?? now),
    AgentVersion: AGENT_VERSION,
    IsLatestVersion: true,
    PlatformType: platform,
    ...PLATFORMS[platform],
    ResourceType: isHybrid ? "ManagedInstance" : "EC2Instance",
    ComputerName: name === "" ? `${instanceId}.ec2.internal` : name,
    SourceId: instanceId,
    SourceType: isHybrid ? "AWS::SSM::ManagedInstance" : "AWS::EC2::Instance",
  };
}
