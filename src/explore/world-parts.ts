import type { CloudWatchOutputConfig, Target } from "@aws-sdk/client-ssm";
import type { NodeOptions } from "../fake/index.ts";
import type { World } from "./world.ts";
import type { WorldTarget } from "./world-argument.ts";

// What a world that is opened and one that is printed have in common, so that they cannot differ.

/** The tag by which `target` names nodes. */
const TAG = { name: "Role", value: "web" } as const;

/** The alarm that `target` may have. */
export const ALARM = "explored";

/** Where a function can ask for output. */
const LOG_GROUP = "/ssm/explored";

/** The nodes as the fake gets them: where `target` is a tag, they have it, unless their own is of that name. */
export function nodesOf({ nodes, target = "tags" }: World): readonly NodeOptions[] {
  if (target !== "tags") return nodes;
  return nodes.map((node) => ({ ...node, tags: { [TAG.name]: TAG.value, ...node.tags } }));
}

/** A node that takes the place of one that is replaced: like it, with an id of its own. */
export function successorOf({ instanceId: _, ...node }: NodeOptions): NodeOptions {
  return node;
}

/** The resource group by which `target` may name nodes. */
export const GROUP = "explored";

/** Whether `target` is a resource group. */
export function isGroup({ target }: World): boolean {
  return target === "group" || target === "deniedGroup";
}

/** `target` where it is no list of ids. */
export function targetsOf(world: World): Target[] {
  if (isGroup(world)) return [{ Key: "resource-groups:Name", Values: [GROUP] }];
  return [{ Key: `tag:${TAG.name}`, Values: [TAG.value] }];
}

/** What `target` has beside the nodes. */
export function besideNodes({
  limits = {},
  hasAlarm = false,
}: World): Pick<WorldTarget, "MaxConcurrency" | "MaxErrors" | "AlarmConfiguration"> {
  const { MaxConcurrency, MaxErrors } = limits;
  return {
    ...(MaxConcurrency === undefined ? {} : { MaxConcurrency }),
    ...(MaxErrors === undefined ? {} : { MaxErrors }),
    ...(hasAlarm ? { AlarmConfiguration: { Alarms: [{ Name: ALARM }] } } : {}),
  };
}

/** What a function gets as `logsConfig`. */
export function logsConfigOf(): CloudWatchOutputConfig {
  return { CloudWatchOutputEnabled: true, CloudWatchLogGroupName: LOG_GROUP };
}
