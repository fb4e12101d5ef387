// The entry point "ssm-run-command/fake/node": what needs Node.

export { runsInShell } from "./agents/shell.ts";
export type { ShellOptions } from "./agents/shell.ts";
