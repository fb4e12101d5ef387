import { isAbsolute } from "node:path";
import { DOCUMENT_NAME_OR_ARN, INSTANCE_ID } from "../../domain/patterns.ts";
import { isDuration } from "../../time/duration.ts";
import { ACCESS_WORDS } from "../account/access.ts";
import { NODE_TEXTS, NODE_WORDS, type NodeText } from "../account/check-node.ts";
import type { NodeOptions } from "../account/node.ts";
import type {
  AgentBehavior,
  BehaviorByName,
  BehaviorFunction,
  BehaviorWhen,
  RealTimeBehavior,
} from "../agents/behavior.ts";
import type { OutputWrite, PluginResult, ProcessOutput } from "../agents/plugin-result.ts";
import { isKept, KEEPS_ALLOWED } from "../shell/byte-size.ts";
import type { ShellOptions } from "../shell/runs-in-shell.ts";

/** What a value of a fleet file may be; `allowed` says it in the message of a mistake. */
export type Shape =
  | {
      readonly type: "text";
      /** Whether a string is allowed. @default every string */
      readonly isOne?: (text: string) => boolean;
      readonly allowed: string;
    }
  | { readonly type: "words"; readonly words: readonly string[] }
  | { readonly type: "whole"; readonly least?: number; readonly most?: number }
  | { readonly type: "list"; readonly of: () => Shape; readonly least?: number }
  | { readonly type: "map"; readonly of: () => Shape }
  | { readonly type: "record"; readonly members: Members }
  /** A record whose member `type` says which members it has. */
  | { readonly type: "kinds"; readonly kinds: Readonly<Record<string, Members>> };

export type Members = Readonly<Record<string, Member>>;
type Member = { readonly shape: () => Shape; readonly isRequired?: true };

/**
 * A row for each member of a type, required where the member is required. A row that is missing or unknown does not
 * compile.
 */
type MembersOf<T> = [MemberName<T>] extends [never]
  ? Readonly<Record<string, never>>
  : { readonly [M in MemberName<T>]: MemberOf<T, M> };
type MemberName<T> = Exclude<keyof T, "type">;
type MemberOf<T, M extends keyof T> =
  T extends Required<Pick<T, M>> ? Required<Member> : Omit<Member, "isRequired">;

/** The members of each kind of a union. */
type KindsOf<T extends Kind> = { readonly [K in T["type"]]: MembersOf<OfKind<T, K>> };
type Kind = { readonly type: string };
type OfKind<T extends Kind, K> = T extends Kind ? (K extends T["type"] ? T : never) : never;

/** The behaviors that a file can hold: those without a function, and `shell`, which stands for a behavior with one. */
type PlainBehavior =
  | Exclude<AgentBehavior, BehaviorFunction | RealTimeBehavior | BehaviorWhen>
  | (ShellOptions & { readonly type: "shell" });

const text = (): Shape => ({ type: "text", allowed: "a string" });
const whole = (): Shape => ({ type: "whole" });
const duration = (): Shape => ({
  type: "text",
  isOne: isDuration,
  allowed: "a duration with its unit (ms, s, m, h or d), such as 90s",
});
const words = (all: readonly string[]) => ({ shape: (): Shape => ({ type: "words", words: all }) });
const nodeText = (one: NodeText) => ({ shape: (): Shape => ({ type: "text", ...one }) });
const strings = (): Shape => ({ type: "map", of: text });

const OUTPUT = {
  stdout: { shape: text },
  stderr: { shape: text },
  killTakes: { shape: duration },
  writes: {
    shape: () => ({
      type: "list",
      of: () => ({
        type: "record",
        members: {
          at: { shape: duration, isRequired: true },
          stdout: { shape: text },
          stderr: { shape: text },
        } satisfies MembersOf<OutputWrite>,
      }),
    }),
  },
} as const satisfies MembersOf<ProcessOutput>;

/** The members of `PluginResult`. */
const RESULTS = {
  exits: { ...OUTPUT, exitCode: { shape: whole }, after: { shape: duration } },
  hangs: OUTPUT,
  killed: { ...OUTPUT, signal: { shape: text, isRequired: true }, after: { shape: duration } },
  notStarted: {
    reason: { shape: text, isRequired: true },
    at: words(["preparation", "start"]),
  },
  reboots: {
    ...OUTPUT,
    after: { shape: duration },
    takes: { shape: duration },
    then: { shape: (): Shape => ({ type: "kinds", kinds: RESULTS }) },
  },
  neverReplies: {},
} as const satisfies KindsOf<PluginResult>;

const byName = {
  behaviors: { shape: (): Shape => ({ type: "map", of: behavior }), isRequired: true },
  otherwise: { shape: behavior },
} as const satisfies MembersOf<BehaviorByName>;

/** The behaviors that are plain data, and `shell`, which stands for `runsInShell()`. */
const BEHAVIORS = {
  ...RESULTS,
  byPlugin: byName,
  byDocument: byName,
  inOrder: {
    runs: { shape: () => ({ type: "list", of: behavior, least: 1 }), isRequired: true },
  },
  shell: {
    shell: { shape: text },
    cwd: { shape: text },
    env: { shape: strings },
    folder: { shape: () => ({ type: "text", isOne: isAbsolute, allowed: "an absolute path" }) },
    keeps: { shape: () => ({ type: "text", isOne: isKept, allowed: KEEPS_ALLOWED }) },
  },
} as const satisfies KindsOf<PlainBehavior>;

function behavior(): Shape {
  return { type: "kinds", kinds: BEHAVIORS };
}

/** The greatest `count` of one entry (our decision). */
const MOST_NODES = 100_000;

/** The members of `NodeOptions`, and `count`. */
const NODE: Shape = {
  type: "record",
  members: {
    instanceId: {
      shape: () => ({
        type: "text",
        isOne: (id) => INSTANCE_ID.test(id),
        allowed: 'an id as AWS writes them, "i-" and 8 or 17 letters or digits, or "mi-" and 17',
      }),
    },
    tags: { shape: strings },
    platform: words(NODE_WORDS.platform),
    platformName: nodeText(NODE_TEXTS.platformName),
    platformVersion: nodeText(NODE_TEXTS.platformVersion),
    name: { shape: text },
    ipAddress: nodeText(NODE_TEXTS.ipAddress),
    computerName: nodeText(NODE_TEXTS.computerName),
    agentVersion: nodeText(NODE_TEXTS.agentVersion),
    iamRole: nodeText(NODE_TEXTS.iamRole),
    activationId: nodeText(NODE_TEXTS.activationId),
    registrationDate: nodeText(NODE_TEXTS.registrationDate),
    clockSkew: nodeText(NODE_TEXTS.clockSkew),
    behavior: { shape: behavior },
    agent: words(NODE_WORDS.agent),
    state: words(NODE_WORDS.state),
    access: words(ACCESS_WORDS),
    logs: words(NODE_WORDS.logs),
    objects: words(NODE_WORDS.objects),
    count: { shape: () => ({ type: "whole", least: 1, most: MOST_NODES }) },
  } satisfies MembersOf<NodeOptions & { readonly count?: number }>,
};

const DOCUMENT: Shape = {
  type: "record",
  members: {
    name: {
      shape: () => ({
        type: "text",
        isOne: (name) => new RegExp(DOCUMENT_NAME_OR_ARN).test(name),
        allowed: "3 to 128 letters, digits, and _ - . : /",
      }),
      isRequired: true,
    },
    file: {
      shape: () => ({ type: "text", allowed: "a path, from the folder of this file" }),
      isRequired: true,
    },
  },
};

/** A fleet file. */
export const FLEET: Shape = {
  type: "record",
  members: {
    nodes: { shape: () => ({ type: "list", of: () => NODE }) },
    documents: { shape: () => ({ type: "list", of: () => DOCUMENT }) },
  },
};
