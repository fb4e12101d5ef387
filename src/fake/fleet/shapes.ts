/** What a value of a fleet file may be; `allowed` is what a mistake is told. */
export type Shape =
  | { readonly type: "text"; readonly pattern?: RegExp; readonly allowed: string }
  | { readonly type: "words"; readonly words: readonly string[] }
  | { readonly type: "whole"; readonly least?: number; readonly most?: number }
  | { readonly type: "list"; readonly of: () => Shape; readonly least?: number }
  | { readonly type: "map"; readonly of: () => Shape }
  | { readonly type: "record"; readonly members: Members }
  /** A record whose member `type` says which members it has. */
  | { readonly type: "kinds"; readonly kinds: Readonly<Record<string, Members>> };

export type Members = Readonly<Record<string, Member>>;
type Member = { readonly shape: () => Shape; readonly isRequired?: true };

const text = (): Shape => ({ type: "text", allowed: "a text" });
const whole = (): Shape => ({ type: "whole" });
const duration = (): Shape => ({
  type: "text",
  pattern: /^\d+(?:\.\d+)?(?:ms|s|m|h|d)$/,
  allowed: "a duration with its unit (ms, s, m, h or d), such as 90s",
});
const words = (...all: readonly string[]): Member => ({
  shape: () => ({ type: "words", words: all }),
});
const texts = (): Shape => ({ type: "map", of: text });

const OUTPUT: Members = {
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
        },
      }),
    }),
  },
};

/** `PluginResult`, word for word. */
const RESULTS: Readonly<Record<string, Members>> = {
  exits: { ...OUTPUT, exitCode: { shape: whole }, after: { shape: duration } },
  hangs: OUTPUT,
  killed: { ...OUTPUT, signal: { shape: text, isRequired: true }, after: { shape: duration } },
  reboots: {
    ...OUTPUT,
    after: { shape: duration },
    takes: { shape: duration },
    then: { shape: () => ({ type: "kinds", kinds: RESULTS }) },
  },
  neverReplies: {},
};

const byName = {
  behaviors: { shape: (): Shape => ({ type: "map", of: behavior }), isRequired: true },
  otherwise: { shape: behavior },
} as const;

/** The behaviors that are plain data, and `shell`, which stands for `runsInShell()`. */
const BEHAVIORS: Readonly<Record<string, Members>> = {
  ...RESULTS,
  byPlugin: byName,
  byDocument: byName,
  inOrder: {
    runs: { shape: () => ({ type: "list", of: behavior, least: 1 }), isRequired: true },
  },
  shell: { shell: { shape: text }, cwd: { shape: text }, env: { shape: texts } },
};

function behavior(): Shape {
  return { type: "kinds", kinds: BEHAVIORS };
}

/** The most nodes that one entry may count. Our decision. */
const MOST_NODES = 100_000;

/** `NodeOptions`, word for word, and `count`. */
const NODE: Shape = {
  type: "record",
  members: {
    instanceId: {
      shape: () => ({
        type: "text",
        pattern: /^(?:i-(?:\w{8}|\w{17})|mi-\w{17})$/,
        allowed: 'an id as AWS writes them, "i-" and 8 or 17 letters or digits, or "mi-" and 17',
      }),
    },
    tags: { shape: texts },
    platform: words("Linux", "Windows", "MacOS"),
    name: { shape: text },
    behavior: { shape: behavior },
    agent: words("online", "unreachable", "undeliverable"),
    state: words("running", "stopped"),
    access: words("allowed", "denied"),
    logs: words("allowed", "denied", "noPolicy"),
    count: { shape: () => ({ type: "whole", least: 1, most: MOST_NODES }) },
  },
};

const DOCUMENT: Shape = {
  type: "record",
  members: {
    name: {
      shape: () => ({
        type: "text",
        pattern: /^[a-zA-Z0-9_\-.:/]{3,128}$/,
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
