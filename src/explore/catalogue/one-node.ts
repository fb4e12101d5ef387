import { fails, hangs, killed, reboots, succeeds } from "../../fake/agents/behavior.ts";
import type { World } from "../world.ts";

/** Worlds of one node: every way in which an invocation ends, how long it takes, and what it writes. */
export function worldsOfOneNode(): readonly World[] {
  return [...slowOnes(), ...ends(), ...exitCodes(), ...outputs()];
}

function slowOnes(): readonly World[] {
  const times = {
    "5 s": "5s",
    "90 s": "90s",
    "20 min": "20m",
    // AWS-RunShellScript kills it after an hour otherwise.
    "3 h, which its executionTimeout has to allow": "3h",
  } as const;
  return Object.entries(times).map(([words, after]) => ({
    name: `the script takes ${words}`,
    source: "[rec-2026-09-27-managed-execution] [rec-2026-09-27-timeouts]",
    nodes: [{ behavior: succeeds({ after }) }],
  }));
}

function ends(): readonly World[] {
  return [
    {
      name: "the script fails at once",
      source: "[rec-2026-09-27-managed-execution]",
      nodes: [{ behavior: fails({ exitCode: 1, stderr: "no such file\n" }) }],
    },
    {
      name: "the script fails after 90 s",
      source: "[rec-2026-09-27-managed-execution]",
      nodes: [{ behavior: fails({ exitCode: 7, stderr: "disk full\n", after: "90s" }) }],
    },
    {
      name: "the script never ends, and is killed at its time-out",
      source: "[rec-2026-09-27-timeouts]",
      nodes: [{ behavior: hangs({ stdout: "waiting\n" }) }],
    },
    {
      name: "something else kills the script",
      source: "[agent-executers]",
      nodes: [{ behavior: killed({ after: "20s" }) }],
    },
    {
      name: "the script cannot be started",
      source: "[agent-cases] [agent-run-script]",
      nodes: [
        {
          behavior: {
            type: "notStarted",
            reason: "fork/exec /usr/bin/pwsh: no such file or directory",
          },
        },
      ],
    },
    {
      name: "the agent takes the command, and is never heard of again",
      source: "[rules-expiry]",
      nodes: [{ behavior: { type: "neverReplies" } }],
    },
    {
      name: "the node is offline until the command expires",
      source: "[rec-2026-09-27-timeouts]",
      nodes: [{ agent: "unreachable" }],
    },
    {
      name: "the node cannot be reached at all",
      source: "[guide-command-statuses]",
      nodes: [{ agent: "undeliverable" }],
    },
    {
      name: "the document is for another platform",
      source: "[guide-command-statuses]",
      nodes: [{ platform: "Windows" }],
    },
    {
      name: "the account has too many pending invocations",
      source: "[guide-command-statuses]",
      nodes: [{}, {}, {}],
      settings: { pendingInvocationQuota: 2 },
    },
    {
      name: "no node has the tag",
      source: "[rec-2026-10-01-resource-groups]",
      nodes: [],
    },
    {
      name: "a resource group may not be listed",
      source: "[rec-2026-10-01-resource-groups]",
      nodes: [{}],
      target: "deniedGroup",
    },
    {
      name: "the caller may not use the node",
      source: "[guide-command-statuses]",
      nodes: [{ access: "denied" }],
    },
    {
      name: "the script reboots its node, and succeeds",
      source: "[guide-reboot]",
      nodes: [
        { behavior: reboots({ after: "5s", takes: "90s", then: succeeds({ after: "10s" }) }) },
      ],
    },
    {
      name: "the script reboots its node, and fails",
      source: "[guide-reboot]",
      nodes: [{ behavior: reboots({ after: "5s", takes: "3m", then: fails({ exitCode: 4 }) }) }],
    },
  ];
}

function exitCodes(): readonly World[] {
  const source = "[agent-exec-unix] [agent-run-plugins]";
  const one = (exitCode: number): World => ({
    name: `the script exits with ${exitCode}`,
    source,
    nodes: [{ behavior: fails({ exitCode, after: "5s" }) }],
  });
  const all = Array.from({ length: 256 }, (_, exitCode) => ({
    behavior: { type: "exits", exitCode, after: "5s" } as const,
  }));
  return [
    ...[2, 127, 137, 168, 169, 255].map(one),
    {
      name: "256 nodes exit with the codes 0 to 255",
      source,
      nodes: all,
      limits: { MaxConcurrency: "100%", MaxErrors: "100%" },
    },
  ];
}

function outputs(): readonly World[] {
  const source = "[rules-output]";
  const cut = [2_500, 2_501, 8_001, 24_000, 24_001, 48_001].map(
    (count): World => ({
      name: `the script succeeds, and writes ${count.toLocaleString("en-US")} characters`,
      source,
      nodes: [{ behavior: succeeds({ stdout: "x".repeat(count), after: "5s" }) }],
    }),
  );
  return [
    ...cut,
    {
      name: "the script fails, and its reason is cut off",
      source,
      nodes: [
        {
          behavior: fails({
            exitCode: 3,
            stdout: "ok\n".repeat(20_000),
            stderr: "e".repeat(30_000),
          }),
        },
      ],
    },
    {
      name: "the script succeeds, and writes to standard error only",
      source,
      nodes: [{ behavior: succeeds({ stderr: "warning: deprecated\n", after: "5s" }) }],
    },
    {
      name: "the script succeeds, and writes nothing",
      source,
      nodes: [{ behavior: succeeds({ after: "5s" }) }],
    },
  ];
}
