export { readCommandOutput } from "./read-command-output.ts";
export { tailCommandOutput } from "./tail-command-output.ts";
export type { CommandOutput } from "./read-command-output.ts";
export type { TailedOutput, TailOptions } from "./tail-command-output.ts";
