import type { Limits } from "./request-model.ts";

/** A value that just keeps to a limit, one that just breaks it, and the constraints that AWS names then. */
export type Crossing = readonly [inside: unknown, outside: unknown, ...texts: string[]];

/** The limits of a member, and how requests on either side of them look. */
export interface Boundary {
  /** How AWS writes its path. */
  readonly at: string;
  /** The members of a request in which this member has the value. */
  readonly put: (value: unknown) => object;
  /** Whether AWS shows the value: it shows strings, and TimeoutSeconds [rec-2026-09-27-admission]. */
  readonly isShown: boolean;
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

export const text = (at: string, put: Put, limits: Bounds): Boundary => ({
  at,
  put,
  isShown: true,
  limits,
});
export const hidden = (at: string, put: Put, limits: Bounds): Boundary => ({
  at,
  put,
  isShown: false,
  limits,
});
