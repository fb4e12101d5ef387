import { fails, hangs, succeeds } from "../../fake/agents/behavior.ts";
import type { World } from "../world.ts";

/** All nodes at once, whatever fails. */
const ALL = { MaxConcurrency: "100%", MaxErrors: "100%" } as const;

/** Worlds of several nodes: which of them fails or waits, partial failure, late records, and pages. */
export function worldsOfFleets(): readonly World[] {
  return [...threeNodes(), ...limits(), ...lateRecords(), ...pages()];
}

function threeNodes(): readonly World[] {
  const quick = { behavior: succeeds({ after: "5s" }) };
  const failing = { behavior: fails({ exitCode: 7, stderr: "disk full\n", after: "5s" }) };
  const late = { behavior: fails({ exitCode: 7, stderr: "disk full\n", after: "10m" }) };
  const offline = { agent: "unreachable", ...quick } as const;
  const source = "[guide-command-statuses]";
  return [
    { name: "the first of three nodes fails", source, nodes: [failing, quick, quick] },
    { name: "the last of three nodes fails", source, nodes: [quick, quick, failing] },
    { name: "one of three nodes fails late", source, nodes: [quick, late, quick] },
    {
      name: "the first of three nodes is Delayed, and comes back",
      source: "[rec-2026-09-27-timeouts]",
      nodes: [offline, quick, quick],
      meanwhile: [{ after: "5m", type: "comesBack", node: 0 }],
    },
    {
      name: "the last of three nodes is Delayed, and fails when it comes back",
      source: "[rec-2026-09-27-timeouts]",
      nodes: [quick, quick, { ...offline, ...failing }],
      meanwhile: [{ after: "5m", type: "comesBack", node: 2 }],
    },
    {
      name: "one of three nodes is Delayed until the command expires",
      source: "[rec-2026-09-27-timeouts]",
      nodes: [quick, offline, quick],
    },
    {
      name: "one of three nodes cannot be reached, and the others succeed",
      source,
      nodes: [quick, { agent: "undeliverable" }, quick],
    },
    {
      name: "the caller may not use one of three nodes, and the others succeed",
      source,
      nodes: [quick, { access: "denied" }, quick],
    },
    {
      name: "three nodes of a resource group, and one fails",
      source: "[rec-2026-10-01-resource-groups]",
      nodes: [quick, failing, quick],
      target: "group",
    },
    {
      name: "one of three nodes hangs, and the others succeed",
      source: "[rec-2026-09-27-timeouts]",
      nodes: [quick, { behavior: hangs() }, quick],
    },
    {
      name: "three nodes named by ids succeed",
      source,
      nodes: [quick, quick, quick],
      target: "ids",
    },
    {
      name: "one of three nodes named by ids fails",
      source,
      nodes: [quick, failing, quick],
      target: "ids",
    },
  ];
}

function limits(): readonly World[] {
  const source = "[guide-send-multiple] [rules-roll-up]";
  const slow = { behavior: succeeds({ after: "30s" }) };
  const failing = { behavior: fails({ exitCode: 9, after: "20s" }) };
  return [
    {
      name: "a node fails, within MaxErrors",
      source,
      nodes: [failing, slow, slow],
      limits: { MaxErrors: "1" },
    },
    {
      name: "a node fails, above MaxErrors",
      source,
      nodes: [failing, slow, slow, slow],
      limits: { MaxConcurrency: "2", MaxErrors: "0" },
    },
    {
      name: "errors exceed MaxErrors half way, and the rest is Terminated",
      source,
      nodes: Array.from({ length: 8 }, () => failing),
      limits: { MaxConcurrency: "2", MaxErrors: "25%" },
    },
    {
      name: "nodes run one after the other",
      source,
      nodes: Array.from({ length: 5 }, () => slow),
      limits: { MaxConcurrency: "1" },
    },
  ];
}

function lateRecords(): readonly World[] {
  const source = "[rec-2026-09-27-managed-execution] [rules-waiting-steps]";
  const late = { visibilityDelay: "12s", targetExpansionDelay: "9s" } as const;
  return [
    {
      name: "records of tags come late, and the node succeeds",
      source,
      nodes: [{ behavior: succeeds({ after: "30s" }) }],
      latency: late,
    },
    {
      name: "records of tags come late, and the node fails",
      source,
      nodes: [{ behavior: fails({ after: "30s" }) }],
      latency: late,
    },
    {
      name: "records of ids come late, and the node succeeds",
      source,
      nodes: [{ behavior: succeeds({ after: "30s" }) }],
      target: "ids",
      latency: late,
    },
    {
      name: "records of ids come late, and the node fails",
      source,
      nodes: [{ behavior: fails({ after: "30s" }) }],
      target: "ids",
      latency: late,
    },
    {
      name: "everything is late",
      source,
      nodes: [{ behavior: succeeds({ after: "30s" }) }, { behavior: fails({ after: "90s" }) }],
      latency: "worst",
    },
    {
      name: "nothing is late",
      source: "our decision",
      nodes: [{ behavior: succeeds({ after: "5s" }) }, { behavior: succeeds() }],
      latency: "instant",
    },
  ];
}

function pages(): readonly World[] {
  const source = "[api-ssm-model]";
  const quick = { behavior: succeeds({ after: "5s" }) };
  const failing = { behavior: fails({ exitCode: 7, after: "5s" }) };
  const lateFailing = { behavior: fails({ exitCode: 7, after: "10m" }) };
  // The largest id stands first in a listing: the first node is on the last page.
  const many = (count: number) => Array.from({ length: count - 1 }, () => quick);
  return [
    {
      name: "one of 51 nodes fails, on the second page",
      source,
      nodes: [failing, ...many(51)],
      limits: ALL,
    },
    {
      name: "one of 51 nodes fails late, on the second page",
      source,
      nodes: [lateFailing, ...many(51)],
      limits: ALL,
    },
    {
      name: "one of 151 nodes fails late, on the last page",
      source,
      nodes: [lateFailing, ...many(151)],
      limits: ALL,
    },
    { name: "151 nodes succeed", source, nodes: [quick, ...many(151)], limits: ALL },
    {
      name: "pages hold one node each, and the last one fails late",
      source,
      nodes: [lateFailing, quick, quick],
      limits: ALL,
      pages: { most: 1 },
    },
    {
      name: "the first page is empty, and has a token",
      source,
      nodes: [lateFailing, quick],
      limits: ALL,
      pages: { emptyFirst: true },
    },
  ];
}
