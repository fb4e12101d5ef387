// The entry point "ssm-run-command/fake": everything that a test needs, nothing of Node.

// Time
export { ClockResetError, VirtualClock, type VirtualClockOptions } from "../time/virtual-clock.ts";
// The fake
export type { HermeticConfig } from "./adapters/hermetic-config.ts";
export type { FakeRequestHandler } from "./adapters/request-handler.ts";
export type { WireRequest, WireResponse } from "./adapters/wire.ts";
// Behaviors of nodes
export {
  type AgentBehavior,
  type ExitingProcess,
  fails,
  type HangingProcess,
  hangs,
  type OutputWrite,
  type PluginResult,
  type PluginRun,
  type ProcessOutput,
  type RealTimeBehavior,
  type SilentAgent,
  succeeds,
} from "./agents/behavior.ts";
export type { OpenQuestions } from "./engine/open-questions.ts";
export type { FakeLogs, LogsClientOptions } from "./fake-logs.ts";
export { FakeSsm, type FakeSsmOptions } from "./fake-ssm.ts";
// Its parts
export type { ConsistencyDial } from "./service/consistency.ts";
export type { Journal, JournalEntry, JournalOptions } from "./service/journal.ts";
export type { FakeNode, FakeNodes, NodeOptions } from "./service/nodes.ts";
