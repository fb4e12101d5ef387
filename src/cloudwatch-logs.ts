export { readCommandOutput } from "./cloudwatch-logs/read-command-output.ts";
export { tailCommandOutput } from "./cloudwatch-logs/tail-command-output.ts";
export type { CommandOutput, OutputLocation } from "./cloudwatch-logs/read-command-output.ts";
export type { TailedOutput, TailOptions } from "./cloudwatch-logs/tail-command-output.ts";
