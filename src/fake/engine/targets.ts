import type { Target } from "@aws-sdk/client-ssm";
import { isHybridNode } from "../../domain/patterns.ts";
import type { Unusable } from "./invocation.ts";

/** What targets can see of a node. */
export interface TargetableNode {
  readonly instanceId: string;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * The nodes that match every target, in the order in which they are given.
 *
 * Different keys narrow (AND), the values of one key widen (OR). `tag:NAME` with the value `""` matches only a tag whose
 * value is empty. `tag-key` matches nodes that carry any of the named tags.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/send-commands-multiple.html
 *
 * What a resource group holds is the service's to know: it comes here as `InstanceIds`.
 */
export function expandTargets<N extends TargetableNode>(
  targets: readonly Target[],
  nodes: readonly N[],
): readonly N[] {
  const tests = targets.map(matcher);
  return nodes.filter((node) => tests.every((matches) => matches(node)));
}

/** Why a command cannot be run on a node, as the service sees when it makes the records; undefined when it can. */
export function unusableAs<P>(
  { access, platform }: { readonly access: "allowed" | "denied"; readonly platform: P },
  { platforms }: { readonly platforms: readonly P[] },
): Extract<Unusable, "AccessDenied" | "InvalidPlatform"> | undefined {
  if (access === "denied") return "AccessDenied";
  return platforms.includes(platform) ? undefined : "InvalidPlatform";
}

function matcher({ Key = "", Values = [] }: Target): (node: TargetableNode) => boolean {
  if (Key.startsWith("tag:")) {
    const name = Key.slice("tag:".length);
    return ({ tags }) => {
      const value = Object.hasOwn(tags, name) ? tags[name] : undefined;
      return value !== undefined && Values.includes(value);
    };
  }
  if (Key === "tag-key") return ({ tags }) => Values.some((name) => Object.hasOwn(tags, name));
  if (Key.toLowerCase() === "instanceids") {
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
