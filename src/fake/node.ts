// The entry point "ssm-run-command/fake/node": what needs Node's own modules.

export { runsInShell } from "./shell/runs-in-shell.ts";
export type { ShellOptions } from "./shell/runs-in-shell.ts";

// The fake over HTTP
export { serveFakeSsm } from "./serve-fake-ssm.ts";
export type { ServedFakeSsm, ServedRequest, ServeOptions } from "./serve-fake-ssm.ts";

// Code that waits with timers of its own
export { inVirtualTime } from "./bubble/in-virtual-time.ts";

// Fleet files
export { FleetFileError, readFleet } from "./fleet/fleet-file.ts";
export type { Fleet } from "./fleet/fleet-file.ts";
