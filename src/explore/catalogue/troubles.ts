import { fails, succeeds } from "../../fake/agents/behavior.ts";
import type { World, WorldFault } from "../world.ts";

/** The operations by which a command is watched. */
const LOOKS = ["ListCommands", "ListCommandInvocations", "GetCommandInvocation"] as const;

/**
 * Worlds in which calls go wrong as they may of any service [api-common-errors], or are made again although the service has
 * carried them out [sdk-retries].
 */
export function worldsOfTroubles(): readonly World[] {
  const slow = { behavior: succeeds({ after: "2m" }) };
  const failing = { behavior: fails({ exitCode: 7, after: "2m" }) };
  const errors = "[api-common-errors]";
  const retries = "[sdk-retries]";
  return [
    {
      name: "looks are throttled in a burst",
      source: errors,
      nodes: [slow],
      faults: onLooks((operation) => ({ type: "throttle", operation, when: { times: 9 } })),
    },
    {
      name: "every third call is throttled",
      source: errors,
      nodes: [slow, failing],
      faults: [{ type: "throttle", operation: "*", when: { every: 3 } }],
    },
    {
      name: "looks are throttled for two minutes",
      source: errors,
      nodes: [failing],
      faults: onLooks((operation) => ({
        type: "throttle",
        operation,
        when: { from: "5s", until: "125s" },
      })),
    },
    {
      name: "the account may make one call a second",
      source: errors,
      nodes: [slow, slow, failing],
      faults: [{ type: "limitRate", operation: "*", when: { perSecond: 1 } }],
    },
    {
      name: "SendCommand is throttled twice",
      source: errors,
      nodes: [slow],
      faults: [{ type: "throttle", operation: "SendCommand", when: { times: 2 } }],
    },
    {
      name: "the answer to SendCommand is lost",
      source: retries,
      nodes: [slow],
      faults: [{ type: "loseAnswer", operation: "SendCommand", when: { times: 1 } }],
    },
    {
      name: "the answer to SendCommand never comes",
      source: retries,
      nodes: [failing],
      faults: [{ type: "loseAnswer", operation: "SendCommand", when: { times: 1, as: "timeout" } }],
    },
    {
      name: "the answer to SendCommand is cut",
      source: retries,
      nodes: [slow],
      faults: [{ type: "breakBody", operation: "SendCommand", when: { times: 1 } }],
    },
    {
      name: "the connection of SendCommand breaks off before the service gets it",
      source: retries,
      nodes: [slow],
      faults: [{ type: "resetConnection", operation: "SendCommand", when: { times: 1 } }],
    },
    {
      name: "looks fail with 500 for a minute",
      source: errors,
      nodes: [failing],
      faults: onLooks((operation) => ({
        type: "internalError",
        operation,
        when: { from: "10s", until: "70s" },
      })),
    },
    {
      name: "every fourth look ends with a connection that breaks off",
      source: retries,
      nodes: [slow, slow],
      faults: onLooks((operation) => ({ type: "resetConnection", operation, when: { every: 4 } })),
    },
    {
      name: "every fifth answer to a look is lost",
      source: retries,
      nodes: [failing],
      faults: onLooks((operation) => ({ type: "loseAnswer", operation, when: { every: 5 } })),
    },
    {
      name: "calls take 20 s longer",
      source: retries,
      nodes: [slow],
      faults: [{ type: "slow", operation: "*", when: { every: 1, by: "20s" } }],
    },
    {
      name: "the token expires while the command runs",
      source: errors,
      nodes: [slow],
      faults: [{ type: "expireToken", operation: "*", when: { from: "60s" } }],
    },
    {
      name: "looks are denied while the command runs",
      source: errors,
      nodes: [failing],
      faults: onLooks((operation) => ({ type: "denyAccess", operation, when: { from: "60s" } })),
    },
    {
      name: "SendCommand is denied",
      source: "[report-denied-document]",
      nodes: [slow],
      faults: [{ type: "denyAccess", operation: "SendCommand", when: { every: 1 } }],
    },
    {
      name: "the clock of the node is five minutes ahead",
      source: "[report-agent-skew]",
      nodes: [{ ...slow, clockSkew: "5m" }],
    },
    {
      name: "the clock of the node is five minutes behind",
      source: "[report-agent-skew]",
      nodes: [{ ...failing, clockSkew: "-5m" }],
    },
  ];
}

function onLooks(fault: (operation: (typeof LOOKS)[number]) => WorldFault): readonly WorldFault[] {
  return LOOKS.map(fault);
}
