// The entry point "ssm-run-command/explore": the fake aimed at your function, in many lawful worlds.

export { explore } from "./explore.ts";
export type { ExploreOptions } from "./explore-options.ts";
export type { ExploreReport, SaidWord, Verdict, WrongWorld } from "./report.ts";
export type { World } from "./world.ts";
export type { WorldArgument } from "./world-argument.ts";
