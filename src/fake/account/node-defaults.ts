import { isHybridNode } from "../../domain/arns.ts";
import { randomUuid, seededRandom, seedOf } from "../../time/random.ts";
import type { Platform } from "../documents/document-model.ts";

/** The version of the agent that [rec-2026-09-27-managed-execution] shows. */
export const AGENT_VERSION = "3.3.5226.0";

/** The role that the console makes for activations (our decision), with its path [api-describe-activations]. */
export const HYBRID_ROLE = "service-role/AmazonEC2RunCommandRoleForManagedInstances";

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** What the defaults of a node are made from. */
export interface NodeBasis {
  readonly instanceId: string;
  readonly platform: Platform;
  /** Its host name, if it is given: of an EC2 instance also in `name`. */
  readonly host: string | undefined;
  readonly region: string;
}

/**
 * The address that the host name of a node tells, else one in 10.0.0.0/8 from its id: the same in every run. In a large fleet two
 * nodes may have the same one (our decision).
 */
export function defaultAddress({ instanceId, host = "" }: Omit<NodeBasis, "region">): string {
  const [, ...told] = /^ip-(\d+)-(\d+)-(\d+)-(\d+)(?:\.|$)/.exec(host) ?? [];
  if (isIpv4(told.join("."))) return told.join(".");
  const hash = seedOf(instanceId);
  return `10.${hash >>> 24}.${(hash >>> 16) & 255}.${1 + ((hash & 0xffff) % 254)}`;
}

/**
 * The name that the system of a node has from its address: that of an EC2 instance with its domain, or its id if there is no
 * IPv4 address [guide-instance-naming]; that of Windows as AWS's images make it [api-get-inventory]. A hybrid node has no domain
 * of EC2, and in Windows a name as its setup makes it (our decision).
 */
export function defaultComputerName(
  { instanceId, platform, host, region }: NodeBasis,
  address: string,
): string {
  if (host !== undefined) return host;
  const isHybrid = isHybridNode(instanceId);
  if (platform === "Windows") {
    return `${nameInWindows(isHybrid ? "WIN-" : "EC2AMAZ-", instanceId)}.WORKGROUP`;
  }
  const name = isIpv4(address) ? `ip-${address.replaceAll(".", "-")}` : instanceId;
  if (isHybrid) return name;
  return `${name}.${region === "us-east-1" ? "ec2" : `${region}.compute`}.internal`;
}

/** A UUID from the id of a hybrid node, so that each has an activation of its own (our decision). */
export function defaultActivation(instanceId: string): string {
  return randomUuid(seededRandom(seedOf(instanceId)));
}

/** Whether no version is known that is newer. Our decision: the newest is the default one. */
export function isLatestAgent(version: string): boolean {
  if (version === AGENT_VERSION) return true;
  const [numbers, latest] = [version, AGENT_VERSION].map((text) => text.split(".").map(Number));
  const index = latest?.findIndex((number, at) => (numbers?.[at] ?? 0) !== number) ?? -1;
  return index < 0 || (numbers?.[index] ?? 0) > (latest?.[index] ?? 0);
}

/** Whether a string is four numbers of a byte each, with dots. */
export function isIpv4(text: string): boolean {
  const parts = text.split(".");
  return (
    parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && +part < 256)
  );
}

/** A prefix, filled up with letters and digits from an id to the 15 characters of a name in Windows. */
function nameInWindows(prefix: string, instanceId: string): string {
  const random = seededRandom(seedOf(instanceId));
  const next = () => DIGITS[Math.floor(random() * DIGITS.length)];
  return prefix + Array.from({ length: 15 - prefix.length }, next).join("");
}
