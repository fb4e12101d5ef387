import {
  byDocument,
  byPlugin,
  fails,
  hangs,
  inOrder,
  killed,
  reboots,
  succeeds,
  when,
} from "ssm-run-command/fake";
import type { World } from "../../src/explore/world.ts";

/** Worlds of all kinds: what of `openWorld` and `worldCode` one of them leaves out, another has. */
export const EXAMPLE_WORLDS: readonly World[] = [
  { name: "nothing in the tag", nodes: [] },
  { name: "one node", nodes: [{}] },
  {
    name: "two nodes, of which one fails late",
    nodes: [{}, { behavior: fails({ exitCode: 7, after: "90s" }) }],
  },
  { name: "a node that is named", nodes: [{ instanceId: "i-0123456789abcdef0" }], target: "ids" },
  {
    name: "three nodes by ids",
    nodes: [{}, { behavior: killed() }, { agent: "unreachable" }],
    target: "ids",
  },
  { name: "fifty-one nodes", nodes: Array.from({ length: 51 }, () => ({})), target: "tags" },
  {
    name: "many nodes of which one is slow",
    nodes: [
      ...Array.from({ length: 20 }, () => ({
        behavior: succeeds({ after: "5s", stdout: "up\n" }),
      })),
      { behavior: hangs({ killTakes: "2s" }) },
      ...Array.from({ length: 5 }, () => ({ platform: "Windows" as const })),
    ],
    limits: { MaxConcurrency: "50%", MaxErrors: "3" },
  },
  {
    name: "behaviors of all kinds",
    nodes: [
      { behavior: reboots({ takes: "90s", then: fails({ exitCode: 3, stderr: "down\n" }) }) },
      { behavior: inOrder(fails(), { type: "neverReplies" }) },
      {
        behavior: byPlugin(
          { "aws:runShellScript": fails(), install: succeeds({ after: "2m" }) },
          hangs(),
        ),
      },
      {
        behavior: byDocument({
          "AWS-RunShellScript": killed({ signal: "terminated", after: "3s" }),
        }),
      },
      {
        behavior: {
          type: "notStarted",
          reason: "fork/exec /bin/sh: no such file or directory",
          at: "start",
        },
      },
      { behavior: when((run) => run.attempt === 1, fails({ exitCode: 255 })) },
      { behavior: { type: "neverReplies" } },
    ],
    limits: { MaxErrors: "100%" },
  },
  {
    name: "output that is long",
    nodes: [
      { behavior: succeeds({ stdout: "x".repeat(30_000) }) },
      {
        behavior: fails({
          stdout: `begun\n${"a line\n".repeat(5_000)}`,
          stderr: "é".repeat(12_001),
        }),
      },
      {
        behavior: succeeds({
          writes: [
            { at: "5s", stdout: "half\n" },
            { at: "10s", stderr: "done\n" },
          ],
          after: "20s",
        }),
      },
    ],
  },
  { name: "it is later than ever", nodes: [{}], latency: "worst" },
  {
    name: "records are late",
    nodes: [{}, {}],
    latency: { visibilityDelay: "30s", targetExpansionDelay: "9s" },
  },
  {
    name: "settings",
    nodes: [{ behavior: fails() }, {}],
    limits: { MaxErrors: "1" },
    settings: { incompleteStatus: "Failed" },
  },
  {
    name: "faults of all kinds",
    nodes: [{ behavior: succeeds({ after: "2m" }) }],
    faults: [
      { type: "throttle", operation: "ListCommandInvocations", when: { every: 3 } },
      { type: "internalError", operation: "*", when: { times: 1, from: "1m" } },
      { type: "slow", operation: "ListCommandInvocations", when: { probability: 0.5, by: "20s" } },
      { type: "limitRate", operation: "*", when: { perSecond: 2 } },
    ],
  },
  {
    name: "an answer is lost and the token expires",
    nodes: [{ behavior: succeeds({ after: "2m" }) }],
    faults: [
      { type: "loseAnswer", operation: "SendCommand", when: { times: 1, as: "timeout" } },
      { type: "expireToken", operation: "*", when: { from: "90s", until: "2m" } },
    ],
  },
  {
    name: "a node goes away and comes back",
    nodes: [{ behavior: succeeds({ after: "10s" }) }, { agent: "unreachable" }],
    meanwhile: [
      { type: "goesOffline", node: 0, after: "5s" },
      { type: "comesBack", node: 1, after: "40s" },
    ],
  },
  {
    name: "a node goes away",
    nodes: [{}, { agent: "unreachable" }],
    meanwhile: [{ type: "comesBack", node: 1, after: "1m" }],
  },
  {
    name: "a node cannot be reached any more, one is removed",
    nodes: [{ behavior: hangs() }, { behavior: hangs() }, { behavior: succeeds({ after: "20s" }) }],
    meanwhile: [
      { type: "isRemoved", node: 0, after: "5s" },
      { type: "isUndeliverable", node: 1, after: "10s" },
    ],
  },
  {
    name: "nodes are replaced",
    nodes: [
      { behavior: hangs() },
      { tags: { Env: "prod" }, agent: "unreachable", behavior: fails({ exitCode: 9 }) },
    ],
    latency: { targetExpansionDelay: "10s" },
    meanwhile: [
      { type: "isReplaced", node: 1, after: "5s" },
      { type: "comesBack", node: 1, after: "30s" },
      { type: "isReplaced", node: 0, after: "40s" },
    ],
  },
  {
    name: "another caller cancels, through throttling",
    nodes: [{ behavior: hangs() }, { behavior: succeeds({ after: "5s" }) }],
    faults: [{ type: "throttle", operation: "CancelCommand", when: { times: 2 } }],
    meanwhile: [{ type: "anotherCancels", after: "1m" }],
  },
  {
    name: "another caller may not cancel",
    nodes: [{ behavior: succeeds({ after: "2m" }) }],
    faults: [{ type: "denyAccess", operation: "CancelCommand", when: { every: 1 } }],
    meanwhile: [{ type: "anotherCancels", after: "1m" }],
  },
  {
    name: "an alarm goes off",
    nodes: [{ behavior: hangs() }],
    hasAlarm: true,
    meanwhile: [{ type: "alarmGoesOff", after: "90s" }],
  },
  {
    name: "an alarm can be read no more",
    nodes: [{ behavior: hangs() }],
    hasAlarm: true,
    meanwhile: [{ type: "alarmIsUnknown", after: "90s" }],
  },
  { name: "a resource group", nodes: [{}, { behavior: fails() }], target: "group" },
  { name: "a resource group that may not be listed", nodes: [{}], target: "deniedGroup" },
  { name: "small pages", nodes: [{}, {}, {}], pages: { most: 1, emptyFirst: true } },
  { name: "a node whose clock is behind", nodes: [{ clockSkew: "-90s" }] },
  {
    name: "what the caller may do is decided by a function",
    nodes: [{ access: ({ operation }) => (operation === "SendCommand" ? "denied" : "allowed") }],
  },
];
