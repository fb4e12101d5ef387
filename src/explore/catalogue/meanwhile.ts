import { fails, hangs, succeeds } from "../../fake/agents/behavior.ts";
import type { World } from "../world.ts";

/** Worlds in which something happens while the command runs. */
export function worldsOfHappenings(): readonly World[] {
  const slow = { behavior: succeeds({ after: "2m" }) };
  const hanging = { behavior: hangs() };
  return [
    {
      name: "the node is Delayed, and comes back",
      source: "[rec-2026-09-27-timeouts]",
      nodes: [{ agent: "unreachable", ...slow }],
      meanwhile: [{ after: "5m", type: "comesBack", node: 0 }],
    },
    {
      name: "the node is Delayed, comes back, and fails",
      source: "[rec-2026-09-27-timeouts]",
      nodes: [{ agent: "unreachable", behavior: fails({ exitCode: 5, after: "20s" }) }],
      meanwhile: [{ after: "40m", type: "comesBack", node: 0 }],
    },
    {
      name: "the node becomes Undeliverable while it runs",
      source: "[guide-command-statuses]",
      nodes: [slow, slow],
      meanwhile: [{ after: "20s", type: "isUndeliverable", node: 1 }],
    },
    {
      name: "the only node becomes Undeliverable while it runs",
      source: "[guide-command-statuses]",
      nodes: [slow],
      meanwhile: [{ after: "20s", type: "isUndeliverable", node: 0 }],
    },
    {
      name: "the node goes offline while it runs, and comes back",
      source: "[rules-delivery]",
      nodes: [slow],
      meanwhile: [
        { after: "20s", type: "goesOffline", node: 0 },
        { after: "6m", type: "comesBack", node: 0 },
      ],
    },
    {
      name: "a node is replaced while it runs",
      source: "[rules-delivery]",
      nodes: [slow, slow],
      meanwhile: [{ after: "20s", type: "isReplaced", node: 0 }],
    },
    {
      name: "the node is removed while it runs",
      source: "[rules-delivery]",
      nodes: [slow],
      meanwhile: [{ after: "20s", type: "isRemoved", node: 0 }],
    },
    {
      name: "another caller cancels it",
      source: "[guide-cancel] [rules-cancel]",
      nodes: [hanging, hanging],
      meanwhile: [{ after: "40s", type: "anotherCancels" }],
    },
    {
      name: "another caller cancels it before any node has taken it",
      source: "[guide-cancel] [rules-cancel]",
      nodes: [{ agent: "unreachable" }],
      meanwhile: [{ after: "1m", type: "anotherCancels" }],
    },
    {
      name: "another caller cancels it when one of two nodes has ended",
      source: "[guide-cancel] [rules-cancel]",
      nodes: [{ behavior: succeeds({ after: "5s" }) }, hanging],
      meanwhile: [{ after: "40s", type: "anotherCancels" }],
    },
    {
      name: "an alarm goes off",
      source: "[rec-2026-10-01-alarms]",
      nodes: [hanging, hanging],
      hasAlarm: true,
      meanwhile: [{ after: "90s", type: "alarmGoesOff" }],
    },
    {
      name: "an alarm can be read no more",
      source: "[rec-2026-10-01-alarms]",
      nodes: [hanging],
      hasAlarm: true,
      meanwhile: [{ after: "90s", type: "alarmIsUnknown" }],
    },
    {
      name: "an alarm goes off, and nodes are not sent to any more",
      source: "[rec-2026-10-01-alarms]",
      nodes: Array.from({ length: 4 }, () => slow),
      limits: { MaxConcurrency: "1" },
      hasAlarm: true,
      meanwhile: [{ after: "90s", type: "alarmGoesOff" }],
    },
  ];
}
