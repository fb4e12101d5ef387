import type { Limits } from "./request-model.ts";

/** A value that just keeps to a limit, one that just breaks it, and the constraints that AWS names then. */
export type Crossing = readonly [inside: unknown, outside: unknown, ...texts: string[]];

/** The limits of a member, and how requests on either side of them look. */
export interface Boundary {
  /** How AWS writes its path. */
  readonly at: string;
  /** The members of a request in which this member has the value. */
  readonly put: (value: unknown) => object;
  readonly limits: { readonly [L in keyof Limits | "required"]?: Crossing };
}

/** What AWS says of a value that is missing. */
export const NULL = "Member must not be null";
export const longest = (length: number) =>
  `Member must have length less than or equal to ${length}`;
export const shortest = (length: number) =>
  `Member must have length greater than or equal to ${length}`;
export const largest = (value: number) => `Member must have value less than or equal to ${value}`;
export const smallest = (value: number) =>
  `Member must have value greater than or equal to ${value}`;
export const form = (regex: string) => `Member must satisfy regular expression pattern: ${regex}`;
export const words = (...set: string[]) =>
  `Member must satisfy enum value set: [${set.join(", ")}]`;
export const each = (...texts: string[]) => `Member must satisfy constraint: [${texts.join(", ")}]`;

export const x = (length: number) => "x".repeat(length);
export const list = (length: number, item: unknown) => new Array<unknown>(length).fill(item);

export type Put = Boundary["put"];
export type Bounds = Boundary["limits"];

export const bound = (at: string, put: Put, limits: Bounds): Boundary => ({ at, put, limits });

/** What AWS does not show: filters and the sizes of pages [rec-2026-09-27-control-edges]. */
const HIDDEN = /^(?:filters|documentFilterList|instanceInformationFilterList|maxResults)\b/;

/** The classes of the items of lists, as AWS prints them. */
const CLASSES: Readonly<Record<string, string>> = {
  targets: "Target",
  "alarmConfiguration.alarms": "Alarm",
  tags: "Tag",
  attachments: "AttachmentsSource",
  requires: "DocumentRequires",
};

/** The beginning of a violation: `Value`, and the value in it if AWS shows it. */
export function subjectOf(at: string, request: object): string {
  if (HIDDEN.test(at)) return "Value";
  const value = valueAt(at.replaceAll(".member", "").split("."), request);
  if (value === undefined) return "Value null";
  return `Value '${printed(value, CLASSES[at])}'`;
}

function valueAt(path: readonly string[], holder: unknown): unknown {
  return path.reduce<unknown>((held, name) => {
    if (Array.isArray(held)) return held[Number(name) - 1];
    const members = Object.entries(Object(held));
    return members.find(([key]) => lowered(key) === name)?.[1];
  }, holder);
}

function printed(value: unknown, itsClass: string | undefined): string {
  if (Array.isArray(value)) return `[${value.map((item) => printed(item, itsClass)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const members = Object.entries(value).map(([name, held]) => `${lowered(name)}=${String(held)}`);
  return `${itsClass}(${members.join(", ")})`;
}

function lowered(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
