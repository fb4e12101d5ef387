// The entry point "ssm-run-command/fake/node": what needs Node.

export { runsInShell, type ShellOptions } from "./agents/shell.ts";
