import type { Target } from "@aws-sdk/client-ssm";
import { isHybridNode } from "../../domain/arns.ts";
import type { Unusable } from "./invocation.ts";

/** What targets can see of a node. */
export interface TargetableNode {
  readonly instanceId: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly state: "running" | "stopped";
}

/** The members of the resource group of this name: undefined when it does not exist, `denied` when it may not be listed. */
export type GroupLookup = (
  name: string,
) => { readonly instanceIds: readonly string[] } | "denied" | undefined;

/**
 * The targets with each resource group replaced by the ids that it holds; `denied` when one of the groups may not be
 * listed. A group that does not exist holds nothing [rec-2026-10-01-resource-groups].
 */
export function resolveGroups(
  targets: readonly Target[],
  groupNamed: GroupLookup,
): readonly Target[] | "denied" {
  const resolved: Target[] = [];
  for (const target of targets) {
    const name = target.Key === "resource-groups:Name" ? target.Values?.[0] : undefined;
    const group = name === undefined ? undefined : (groupNamed(name) ?? { instanceIds: [] });
    if (group === "denied") return "denied";
    resolved.push(group ? { Key: "InstanceIds", Values: [...group.instanceIds] } : target);
  }
  return resolved;
}

/**
 * The nodes that match every target, in the order in which they are given. A stopped node is passed over
 * [rec-2026-09-27-managed-execution].
 *
 * Different keys narrow (AND), the values of one key widen (OR) [guide-send-multiple]. `tag:NAME` with the value `""`
 * matches only a tag whose value is empty (our decision). `tag-key` matches nodes that carry any of the named tags.
 *
 * Resource groups have been replaced by their members before: {@link resolveGroups}.
 */
export function expandTargets<N extends TargetableNode>(
  targets: readonly Target[],
  nodes: readonly N[],
): readonly N[] {
  const tests = targets.map(matcher);
  return nodes.filter(
    (node) => node.state === "running" && tests.every((matches) => matches(node)),
  );
}

/** Why a command cannot be run on a node, as the service sees when it makes the records; undefined when it can be run. */
export function unusableAs<P>(
  { isDenied, platform }: { readonly isDenied: boolean; readonly platform: P },
  { platforms }: { readonly platforms: readonly P[] },
): Extract<Unusable, "AccessDenied" | "InvalidPlatform"> | undefined {
  if (isDenied) return "AccessDenied";
  return platforms.includes(platform) ? undefined : "InvalidPlatform";
}

/**
 * Whether a command can be sent to a node. When the node is gone, or nothing can reach it, the service gives up at once.
 */
export function isDeliverable<N extends { readonly agent: string }>(
  node: N | undefined,
): node is N {
  return node !== undefined && node.agent !== "undeliverable";
}

/** Whether a target lists ids of nodes; its key may have any case [guide-send-multiple]. */
export function isNamingIds({ Key = "" }: Target): boolean {
  return Key.toLowerCase() === "instanceids";
}

function matcher(target: Target): (node: TargetableNode) => boolean {
  const { Key = "", Values = [] } = target;
  if (Key.startsWith("tag:")) {
    const name = Key.slice("tag:".length);
    return ({ tags }) => {
      const value = Object.hasOwn(tags, name) ? tags[name] : undefined;
      return value !== undefined && Values.includes(value);
    };
  }
  if (Key === "tag-key") return ({ tags }) => Values.some((name) => Object.hasOwn(tags, name));
  if (isNamingIds(target)) {
    // A set, because a resource group may hold very many.
    const wanted = new Set(Values);
    return ({ instanceId }) => wanted.has(instanceId);
  }
  if (Key === "resource-groups:ResourceTypeFilters") {
    return ({ instanceId }) => Values.includes(resourceType(instanceId));
  }
  return () => false;
}

function resourceType(instanceId: string): string {
  return isHybridNode(instanceId) ? "AWS::SSM::ManagedInstance" : "AWS::EC2::Instance";
}
