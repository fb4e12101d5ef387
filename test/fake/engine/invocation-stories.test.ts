import { describe, expect, it } from "vitest";
import type { InvocationDetail } from "../../../src/domain/status.ts";
import {
  type InvocationEffect,
  type InvocationEvent,
  newInvocation,
  nextInvocation,
  type PluginReply,
} from "../../../src/fake/engine/invocation.ts";

// Sequences written by hand from what AWS documents or what was recorded, not from the table of moves.

const sent = { type: "sent", at: 1 } as const;
const agentSilent = { type: "agentSilent", at: 2 } as const;
const agentBack = { type: "agentBack", at: 3 } as const;
const cancelAsked = { type: "cancelAsked", at: 4 } as const;
const recalled = { type: "recalled", at: 5 } as const;
const stopped = { type: "stopped", at: 6 } as const;
const alarmed = { type: "alarmed", at: 7 } as const;
const expired = { type: "expired", at: 8 } as const;

function replied(...details: readonly PluginReply["detail"][]): InvocationEvent {
  const plugins = details.map((detail, step) => ({
    name: `step${step}`,
    detail,
    exitCode: 0,
    startedAt: 1,
    finishedAt: 9,
    stdout: "",
    stderr: "",
  }));
  return { type: "agentReplied", at: 9, plugins };
}

function rejected(as: "Undeliverable" | "InvalidPlatform" | "AccessDenied"): InvocationEvent {
  return { type: "rejected", at: 1, as };
}

/** The detail after each event. */
function detailsAfter(...events: readonly InvocationEvent[]): readonly InvocationDetail[] {
  let invocation = newInvocation("i-0123456789abcdef0");
  return events.map((event) => {
    [invocation] = nextInvocation(invocation, event);
    return invocation.detail;
  });
}

/** What the service has to do, in the order in which the events ask for it. */
function effectsOf(...events: readonly InvocationEvent[]): readonly InvocationEffect["type"][] {
  let invocation = newInvocation("i-0123456789abcdef0");
  return events.flatMap((event) => {
    const [next, effects] = nextInvocation(invocation, event);
    invocation = next;
    return effects.map(({ type }) => type);
  });
}

describe("a node that answers", () => {
  // [guide-command-statuses]
  it("ends as Success when its script did", () => {
    expect(detailsAfter(sent, replied("Success"))).toEqual(["InProgress", "Success"]);
  });

  // Exit code 7: [rec-2026-09-27-managed-execution].
  it("ends as Failed when its script did", () => {
    expect(detailsAfter(sent, replied("Failed"))).toEqual(["InProgress", "Failed"]);
  });

  // [rec-2026-09-27-timeouts]; only the agent reports it.
  it("ends as ExecutionTimedOut when the agent killed its script", () => {
    expect(detailsAfter(sent, replied("ExecutionTimedOut"))).toEqual([
      "InProgress",
      "ExecutionTimedOut",
    ]);
  });

  // [agent-aggregator]
  it("ends as Failed when one step failed and another ran into its time-out", () => {
    expect(detailsAfter(sent, replied("ExecutionTimedOut", "Failed", "Success"))).toEqual([
      "InProgress",
      "Failed",
    ]);
  });

  it("is handed the command when it is sent, and nothing else is asked for", () => {
    expect(effectsOf(sent, replied("Success"))).toEqual(["handToAgent"]);
  });
});

describe("a node that does not answer", () => {
  // A stopped agent: [rec-2026-09-27-timeouts].
  it("is Delayed, and DeliveryTimedOut when the command expires", () => {
    expect(detailsAfter(sent, agentSilent, expired)).toEqual([
      "InProgress",
      "Delayed",
      "DeliveryTimedOut",
    ]);
  });

  // [guide-command-statuses]
  it("gets the command again and goes on when its agent comes back in time", () => {
    expect(detailsAfter(sent, agentSilent, agentBack, replied("Success"))).toEqual([
      "InProgress",
      "Delayed",
      "InProgress",
      "Success",
    ]);
  });

  it("is handed the command a second time when its agent comes back", () => {
    expect(effectsOf(sent, agentSilent, agentBack)).toEqual(["handToAgent", "handToAgent"]);
  });

  // Only the terminal reply counts [guide-command-statuses].
  it("is DeliveryTimedOut though its script runs, when the reply has not arrived at the expiry", () => {
    expect(detailsAfter(sent, expired)).toEqual(["InProgress", "DeliveryTimedOut"]);
  });

  it("is DeliveryTimedOut when the command expires before its turn came", () => {
    expect(detailsAfter(expired)).toEqual(["DeliveryTimedOut"]);
  });

  // Our decision: nobody has recorded a late reply.
  it("stays DeliveryTimedOut when its reply comes late", () => {
    expect(detailsAfter(sent, expired, replied("Success")).at(-1)).toBe("DeliveryTimedOut");
  });
});

describe("a command that is stopped", () => {
  // [guide-send-multiple]
  it("by MaxErrors ends as Terminated what was not sent", () => {
    expect(detailsAfter(stopped)).toEqual(["Terminated"]);
  });

  it("by MaxErrors lets what is running go on to its end, which may be a failure", () => {
    expect(detailsAfter(sent, stopped, replied("Failed"))).toEqual([
      "InProgress",
      "InProgress",
      "Failed",
    ]);
  });

  it("by MaxErrors lets a node that does not answer wait on", () => {
    expect(detailsAfter(sent, agentSilent, stopped, agentBack)).toEqual([
      "InProgress",
      "Delayed",
      "Delayed",
      "InProgress",
    ]);
  });

  // [rec-2026-10-01-alarms]
  it("by an alarm ends as Terminated what is running, too", () => {
    expect(detailsAfter(sent, alarmed)).toEqual(["InProgress", "Terminated"]);
  });

  // The process goes on [rec-2026-10-01-alarms].
  it("by an alarm does not take the command back from the agent", () => {
    expect(effectsOf(sent, alarmed)).toEqual(["handToAgent"]);
  });

  it("by an alarm ignores how the process ended", () => {
    expect(detailsAfter(sent, alarmed, replied("Success")).at(-1)).toBe("Terminated");
  });
});

describe("an invocation that is cancelled", () => {
  // A running script: [rec-2026-09-27-managed-execution].
  it("ends as Cancelled when the agent has killed its script", () => {
    expect(detailsAfter(sent, cancelAsked, replied("Cancelled"))).toEqual([
      "InProgress",
      "Cancelling",
      "Cancelled",
    ]);
  });

  it("is taken back from the agent that runs it", () => {
    expect(effectsOf(sent, cancelAsked)).toEqual(["handToAgent", "recallFromAgent"]);
  });

  it("is taken back once, however often it is asked for", () => {
    expect(effectsOf(sent, cancelAsked, cancelAsked)).toEqual(["handToAgent", "recallFromAgent"]);
  });

  // There is no guarantee [guide-cancel].
  it("keeps the result of a script that ended before the kill", () => {
    expect(detailsAfter(sent, cancelAsked, replied("Success")).at(-1)).toBe("Success");
  });

  it("ends as Cancelled at once when it was not sent", () => {
    expect(detailsAfter(cancelAsked)).toEqual(["Cancelled"]);
  });

  it("is not sent any more", () => {
    expect(effectsOf(cancelAsked, sent)).toEqual([]);
  });

  it("ends as Cancelled at once when its node does not answer", () => {
    expect(detailsAfter(sent, agentSilent, cancelAsked).at(-1)).toBe("Cancelled");
  });

  it("ends as Cancelled when the agent turns out not to have it yet", () => {
    expect(detailsAfter(sent, cancelAsked, recalled).at(-1)).toBe("Cancelled");
  });

  it("ends as DeliveryTimedOut when the command expires before the kill is reported", () => {
    expect(detailsAfter(sent, cancelAsked, expired).at(-1)).toBe("DeliveryTimedOut");
  });

  it("stays as it was when it had ended", () => {
    expect(detailsAfter(sent, replied("Failed"), cancelAsked).at(-1)).toBe("Failed");
  });
});

describe("a node that cannot be used", () => {
  // [guide-command-statuses]
  it.each(["InvalidPlatform", "AccessDenied"] as const)("is %s without being sent to", (as) => {
    expect(detailsAfter(rejected(as), sent)).toEqual([as, as]);
  });

  it("is Undeliverable once it was sent to", () => {
    expect(detailsAfter(sent, rejected("Undeliverable"))).toEqual(["InProgress", "Undeliverable"]);
  });
});
