import type { InstanceInformation } from "@aws-sdk/client-ssm";
import { isHybridNode } from "../../../domain/patterns.ts";
import type { Account } from "../../account/account.ts";
import type { ManagedNode } from "../../account/node.ts";

/** The version of the agent that [rec-2026-09-27-managed-execution] shows. */
const AGENT_VERSION = "3.3.5226.0";

/** `InstanceInformation`. PingStatus stays Online for a while after the agent is lost (more than 84 s in [rec-2026-09-27-timeouts]). */
export function toInformation(node: ManagedNode, { clock, latency }: Account): InstanceInformation {
  const { instanceId, platform, platformName, platformVersion, name, offlineSince } = node;
  const isHybrid = isHybridNode(instanceId);
  const now = clock.now();
  const isLost = offlineSince !== undefined && now - offlineSince >= latency.pingLostAfter;
  return {
    InstanceId: instanceId,
    PingStatus: isLost ? "ConnectionLost" : "Online",
    LastPingDateTime: new Date(offlineSince ?? now),
    AgentVersion: AGENT_VERSION,
    IsLatestVersion: true,
    PlatformType: platform,
    PlatformName: platformName,
    PlatformVersion: platformVersion,
    ResourceType: isHybrid ? "ManagedInstance" : "EC2Instance",
    ComputerName: name === "" ? `${instanceId}.ec2.internal` : name,
    SourceId: instanceId,
    SourceType: isHybrid ? "AWS::SSM::ManagedInstance" : "AWS::EC2::Instance",
  };
}
