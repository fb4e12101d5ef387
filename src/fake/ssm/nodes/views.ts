import type { InstanceInformation } from "@aws-sdk/client-ssm";
import type { Account } from "../../account/account.ts";
import type { ManagedNode } from "../../account/node.ts";
import { isLatestAgent } from "../../account/node-defaults.ts";

/**
 * `InstanceInformation`, with the members and in the order of [rec-2026-09-27-managed-execution], of hybrid nodes of
 * [rec-2026-07-29-hybrid-node]. PingStatus stays Online for a while after the agent is lost (more than 84 s in
 * [rec-2026-09-27-timeouts]).
 */
export function toInformation(
  node: ManagedNode,
  { clock, latency }: Pick<Account, "clock" | "latency">,
): InstanceInformation {
  const { instanceId, offlineSince, agentVersion } = node;
  const now = clock.now();
  const isLost = offlineSince !== undefined && now - offlineSince >= latency.pingLostAfter;
  return {
    InstanceId: instanceId,
    PingStatus: isLost ? "ConnectionLost" : "Online",
    LastPingDateTime: new Date(offlineSince ?? now),
    AgentVersion: agentVersion,
    IsLatestVersion: isLatestAgent(agentVersion),
    PlatformType: node.platform,
    PlatformName: node.platformName,
    PlatformVersion: node.platformVersion,
    ...registrationOf(node),
    ResourceType: node.isHybrid ? "ManagedInstance" : "EC2Instance",
    // A name that is not given is left out, as the service leaves out what it does not know (our decision).
    ...(node.isHybrid && node.name !== "" ? { Name: node.name } : {}),
    IPAddress: node.ipAddress,
    ComputerName: node.computerName,
    SourceId: instanceId,
    SourceType: node.isHybrid ? "AWS::SSM::ManagedInstance" : "AWS::EC2::Instance",
  };
}

/** How a node was registered. Of an EC2 instance there is a role at most [api-instance-information]. */
function registrationOf({
  activationId,
  iamRole,
  registrationDate,
}: ManagedNode): Pick<InstanceInformation, "ActivationId" | "IamRole" | "RegistrationDate"> {
  return {
    ...(activationId === undefined ? {} : { ActivationId: activationId }),
    ...(iamRole === undefined ? {} : { IamRole: iamRole }),
    ...(registrationDate === undefined ? {} : { RegistrationDate: new Date(registrationDate) }),
  };
}
