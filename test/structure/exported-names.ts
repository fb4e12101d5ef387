/** The names of an entry point. */
export interface ExportedNames {
  /** What is there at run time. */
  readonly values: readonly string[];
  readonly types: readonly string[];
}

/**
 * The surface of the package, reviewed like code: every name is kept for ever. A change here is a change for users, with a
 * line in the change log.
 */
export const EXPORTED_NAMES: Readonly<Record<string, ExportedNames>> = {
  "src/index.ts": {
    values: [],
    types: [],
  },
  "src/fake/index.ts": {
    values: [],
    types: [],
  },
  "src/fake/node.ts": {
    values: ["runsInShell"],
    types: ["ShellOptions"],
  },
};
