import type { InstanceInformation } from "@aws-sdk/client-ssm";
import type { Account } from "../../account/account.ts";
import type { ManagedNode } from "../../account/node.ts";
import { isLatestAgent } from "../../account/node-defaults.ts";

type Surroundings = Pick<Account, "clock" | "latency">;

/**
 * `InstanceInformation`, with the members and in the order of [rec-2026-09-27-managed-execution], of hybrid nodes of
 * [rec-2026-07-29-hybrid-node].
 */
export function toInformation(node: ManagedNode, account: Surroundings): InstanceInformation {
  const { activationId, iamRole, registrationDate } = node;
  const filtered = toFiltered(node, account);
  return {
    InstanceId: filtered.InstanceId,
    PingStatus: filtered.PingStatus,
    LastPingDateTime: new Date(node.offlineSince ?? account.clock.now()),
    AgentVersion: filtered.AgentVersion,
    IsLatestVersion: isLatestAgent(node.agentVersion),
    PlatformType: filtered.PlatformType,
    PlatformName: node.platformName,
    PlatformVersion: node.platformVersion,
    ...(activationId === undefined ? {} : { ActivationId: activationId }),
    ...(iamRole === undefined ? {} : { IamRole: iamRole }),
    ...(registrationDate === undefined ? {} : { RegistrationDate: new Date(registrationDate) }),
    ResourceType: filtered.ResourceType,
    // A name that is not given is left out, as the service leaves out what it does not know (our decision).
    ...(node.isHybrid && node.name !== "" ? { Name: node.name } : {}),
    IPAddress: node.ipAddress,
    ComputerName: node.computerName,
    SourceId: filtered.SourceId,
    SourceType: filtered.SourceType,
  };
}

/**
 * What filters look at: made of every node that is asked for, so without the members that take time to make. PingStatus stays
 * Online for a while after the agent is lost (more than 84 s in [rec-2026-09-27-timeouts]).
 */
export function toFiltered(
  node: ManagedNode,
  { clock, latency }: Surroundings,
): InstanceInformation {
  const { instanceId, offlineSince, agentVersion, platform, iamRole, isHybrid } = node;
  const isLost = offlineSince !== undefined && clock.now() - offlineSince >= latency.pingLostAfter;
  return {
    InstanceId: instanceId,
    PingStatus: isLost ? "ConnectionLost" : "Online",
    AgentVersion: agentVersion,
    PlatformType: platform,
    // Made only if a filter asks for it.
    get ActivationId() {
      return node.activationId;
    },
    IamRole: iamRole,
    ResourceType: isHybrid ? "ManagedInstance" : "EC2Instance",
    SourceId: instanceId,
    SourceType: isHybrid ? "AWS::SSM::ManagedInstance" : "AWS::EC2::Instance",
  };
}
