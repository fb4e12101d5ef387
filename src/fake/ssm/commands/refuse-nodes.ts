import type { SendCommandRequest } from "@aws-sdk/client-ssm";
import { accessDenied, isSendDenied, resourceOf } from "../../account/access.ts";
import type { Account } from "../../account/account.ts";
import type { DocumentModel } from "../../documents/document-model.ts";
import { isNamingIds } from "../../engine/targets.ts";
import type { Refusal } from "../../result.ts";

/**
 * Nodes that are named by id can make a request fail: unknown and stopped ones, those of another platform, and those that
 * the caller may not use. Of nodes that targets name by id, only unknown ones do [report-targets-unregistered]; all other
 * nodes of targets are passed over or get an invocation that fails ([rules-targets], [rules-delivery]).
 */
export function refuseNodes(
  { InstanceIds = [], Targets = [], DocumentName = "" }: SendCommandRequest,
  { account, document }: { readonly account: Account; readonly document: DocumentModel },
): Refusal | undefined {
  const { nodes } = account;
  const twice = InstanceIds.find((id, index) => InstanceIds.indexOf(id) !== index);
  if (twice !== undefined) {
    return { name: "DuplicateInstanceId", why: `InstanceIds has ${twice} twice.` };
  }
  const targeted = Targets.filter(isNamingIds).flatMap(({ Values = [] }) => Values);
  const unknown = targeted.find((id) => nodes.get(id) === undefined);
  return (
    refuseDenied(InstanceIds, { account, document: DocumentName }) ??
    (unknown === undefined ? undefined : invalid(`has no node ${unknown}`)) ??
    refuseUnusable(InstanceIds, account) ??
    refusePlatform(InstanceIds, { account, document })
  );
}

function refuseDenied(
  ids: readonly string[],
  { account, document }: { readonly account: Account; readonly document: string },
): Refusal | undefined {
  for (const node of ids) {
    const { tags = {}, access = "allowed" } = account.nodes.get(node) ?? {};
    if (!isSendDenied(account, { document, instanceId: node, tags, access })) continue;
    return accessDenied(account, {
      action: "ssm:SendCommand",
      resource: resourceOf({ node }, account),
      why: `The fake's access, or that of node ${node}, is "denied".`,
    });
  }
  return undefined;
}

function refuseUnusable(ids: readonly string[], { nodes, settings }: Account): Refusal | undefined {
  for (const id of ids) {
    const node = nodes.get(id);
    if (node === undefined) return invalid(`has no node ${id}`);
    if (node.state !== "running" && settings.stoppedNodes !== "accepted") {
      return invalid(`has a node ${id} that is stopped`);
    }
  }
  return undefined;
}

/** The message [rec-2026-09-27-admission]. */
function invalid(what: string): Refusal {
  return {
    name: "InvalidInstanceId",
    message: "Instances not in a valid state for account",
    why: `The fake ${what}.`,
  };
}

function refusePlatform(
  ids: readonly string[],
  { account, document }: { readonly account: Account; readonly document: DocumentModel },
): Refusal | undefined {
  for (const id of ids) {
    const platform = account.nodes.get(id)?.platform;
    if (platform === undefined || document.platforms.includes(platform)) continue;
    return {
      name: "UnsupportedPlatformType",
      message: `Cannot perform operation for instance id ${id} of platform type ${platform}`,
      why: `The document is for ${document.platforms.join(", ")}.`,
    };
  }
  return undefined;
}
