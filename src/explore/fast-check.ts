// The entry point "ssm-run-command/explore/fast-check": random worlds that fast-check draws, and makes simpler.

export { behaviors, fleets, worlds } from "./arbitraries/arbitraries.ts";
