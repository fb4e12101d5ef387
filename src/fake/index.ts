// The entry point "ssm-run-command/fake": everything that a test needs, without Node's own modules.

// The fake
export { FakeSsm } from "./fake-ssm.ts";
export type { FakeSsmOptions } from "./fake-ssm-options.ts";
export type { FakeLogs } from "./fake-logs.ts";
export type { FakeDocuments } from "./fake-documents.ts";
export type { FakeNode, NodeOptions } from "./account/node.ts";
export type { FakeNodes } from "./account/nodes.ts";
export type { Access } from "./account/access.ts";
export type { FakeAlarms } from "./account/alarms.ts";
export type { FakeGroups } from "./account/groups.ts";
export type { FakeNotifications } from "./fake-notifications.ts";
export type { EventBridgeNotification, SnsNotification } from "./reports/notifications.ts";
export type { EventBridgeEvent } from "./reports/bus-events.ts";
export type { SnsLambdaEvent } from "./reports/sns-messages.ts";
export type { FakeObjects } from "./fake-objects.ts";
export type { FakeParameters } from "./account/parameters.ts";
export type { Journal, JournalEntry } from "./calls/journal.ts";
export type { Latency, LatencyOptions, LatencyPreset } from "./account/latency.ts";
export type { Settings } from "./engine/settings.ts";
export type { Platform } from "./documents/document-model.ts";

// In place of the SDK's modules, for code that makes its own clients
export { sdkOnFake } from "./stand-ins/sdk-on-fake.ts";

// Faults and handlers
export type { OperationName } from "./calls/operation-name.ts";
export type { FakeFaults } from "./calls/faults.ts";
export type { CallHandler } from "./calls/handlers.ts";
export type { OperationAnswer, OperationInput } from "./calls/operation-shapes.ts";

// Behaviors of nodes
export {
  byDocument,
  byPlugin,
  fails,
  hangs,
  inOrder,
  killed,
  reboots,
  succeeds,
  when,
} from "./agents/behavior.ts";
export type { AgentBehavior, PluginRun, RealTimeBehavior } from "./agents/behavior.ts";
export type { PluginResult } from "./agents/plugin-result.ts";

// Assertions for any runner
export { AssertionError } from "./assertions/assertion-error.ts";
export {
  assertNoUnusedTrouble,
  assertNothingSent,
  assertReached,
  assertSent,
  assertSentOnce,
  assertSucceeded,
} from "./assertions/assert.ts";

// Time
export { ClockResetError } from "../time/clock-reset-error.ts";
export { VirtualClock } from "../time/virtual-clock.ts";
export type { VirtualClockOptions } from "../time/virtual-clock-options.ts";

// For adapters of your own
export type { FakeClientConfig, FakeS3ClientConfig } from "./adapters/sdk/client-config.ts";
export type { FakeRequestHandler } from "./adapters/sdk/request-handler.ts";
export type { WireRequest, WireResponse } from "./adapters/wire.ts";
