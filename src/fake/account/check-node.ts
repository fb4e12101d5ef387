import { isHybridNode } from "../../domain/arns.ts";
import { checkTags } from "../../domain/aws-tags.ts";
import { inMessage } from "../../domain/in-message.ts";
import { type OptionTable, wordAdvice } from "../../domain/options.ts";
import { INSTANCE_ID } from "../../domain/patterns.ts";
import { isClockSkew } from "../agents/node-clock.ts";
import { PLATFORMS } from "../documents/document-model.ts";
import { checkAccess } from "./access.ts";
import type { NodeOptions } from "./node.ts";
import { isIpv4 } from "./node-defaults.ts";

/** The values that the members of a node may have. */
export const NODE_WORDS = {
  platform: PLATFORMS,
  agent: ["online", "unreachable", "undeliverable"],
  state: ["running", "stopped"],
  logs: ["allowed", "denied", "noPolicy"],
  objects: ["allowed", "denied"],
} as const satisfies { readonly [M in keyof NodeOptions]?: readonly NodeOptions[M][] };

/** Which strings a member may be. */
export interface NodeText {
  readonly isOne: (text: string) => boolean;
  /** How a message names these strings. */
  readonly allowed: string;
}

/** A time without a zone would be another instant on every computer. */
const INSTANT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

const notEmpty: NodeText = { isOne: (text) => text !== "", allowed: "text" };

/** The members of a node that are text, with AWS's sizes and patterns [api-ssm-model]. */
export const NODE_TEXTS = {
  name: { isOne: () => true, allowed: "text" },
  platformName: notEmpty,
  platformVersion: notEmpty,
  ipAddress: { isOne: isIpAddress, allowed: 'an address such as "10.0.0.5"' },
  computerName: { isOne: isUpTo(255), allowed: "a name of 1 to 255 characters" },
  agentVersion: {
    isOne: (text) => /^\d{1,6}(\.\d{1,6}){2,3}$/.test(text),
    allowed: 'three or four numbers with dots, such as "3.3.5226.0"',
  },
  iamRole: { isOne: isUpTo(64), allowed: "the name of a role, of 1 to 64 characters" },
  activationId: {
    isOne: (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text),
    allowed: 'a UUID in lower case, such as "5743558d-563b-4457-8682-d16c3e0a1b2c"',
  },
  registrationDate: {
    isOne: (text) => INSTANT.test(text) && !Number.isNaN(Date.parse(text)),
    allowed: 'a date, or an instant with its zone, such as "2024-01-01T00:00:00.000Z"',
  },
  clockSkew: {
    isOne: isClockSkew,
    allowed:
      'a duration of at most 5 minutes, "90s" for ahead or "-90s" for behind (AWS refuses requests that are signed further off)',
  },
} as const satisfies { readonly [M in keyof NodeOptions]?: NodeText };

/** What a node may have. */
export const NODE_OPTIONS = {
  instanceId: "any",
  tags: "any",
  platform: "any",
  platformName: "any",
  platformVersion: "any",
  name: "any",
  ipAddress: "any",
  computerName: "any",
  agentVersion: "any",
  iamRole: "any",
  activationId: "any",
  registrationDate: "any",
  clockSkew: "any",
  behavior: "any",
  agent: "any",
  state: "any",
  access: "any",
  logs: "any",
  objects: "any",
} as const satisfies OptionTable<NodeOptions>;

/** The members that only hybrid nodes have [api-instance-information]. */
export const HYBRID_MEMBERS = [
  "activationId",
  "registrationDate",
] as const satisfies readonly (keyof NodeOptions)[];

/** @throws TypeError for an id that AWS would refuse, and for a value that a member cannot have. */
export function checkNode(options: NodeOptions & { readonly instanceId: string }): void {
  checkId(options.instanceId);
  checkWords(options);
  checkStrings(options);
  checkTags(options.tags, `The tags of node ${options.instanceId}`);
  checkKind(options);
  const { access, instanceId } = options;
  if (access !== undefined) checkAccess(access, `The access of node ${instanceId}`);
}

/** JavaScript callers, and fleets read from files, may have any value. */
export function checkWords(options: NodeOptions): void {
  for (const [member, words] of Object.entries<readonly string[]>(NODE_WORDS)) {
    const said: unknown = Reflect.get(options, member);
    if (said === undefined || words.some((word) => word === said)) continue;
    throw new TypeError(
      `The ${member} of node ${options.instanceId} is ${inMessage(said)}. ${wordAdvice(said, words)}`,
    );
  }
}

function checkId(instanceId: string): void {
  const given: unknown = instanceId;
  if (typeof given === "string" && INSTANCE_ID.test(given)) return;
  throw new TypeError(
    `The instance id ${inMessage(given)} is one that AWS would refuse. Write "i-" and 8 or 17 letters or digits (or "mi-" and 17), such as "i-0123456789abcdef0", or leave it out.`,
  );
}

function checkStrings(options: NodeOptions): void {
  for (const [member, { isOne, allowed }] of Object.entries<NodeText>(NODE_TEXTS)) {
    const given: unknown = Reflect.get(options, member);
    if (given === undefined || (typeof given === "string" && isOne(given))) continue;
    throw new TypeError(
      `The ${member} of node ${options.instanceId} is ${inMessage(given)}. Write ${allowed}, or leave it out.`,
    );
  }
}

function checkKind(options: NodeOptions & { readonly instanceId: string }): void {
  if (isHybridNode(options.instanceId)) return;
  const member = HYBRID_MEMBERS.find((name) => options[name] !== undefined);
  if (member === undefined) return;
  throw new TypeError(
    `The node ${options.instanceId} has a member ${member}, which only hybrid nodes have. Give it an id that begins with "mi-", or leave ${member} out.`,
  );
}

function isUpTo(most: number): (text: string) => boolean {
  return (text) => text !== "" && text.length <= most;
}

/** IPv4 or IPv6: AWS's model has room for both [api-ssm-model]. */
function isIpAddress(text: string): boolean {
  if (isIpv4(text)) return true;
  // Only an IPv6 address is a host in brackets.
  return /^[0-9a-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]`);
}
