import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { INVOCATION_DETAILS, type InvocationDetail } from "../../../src/domain/status.ts";
import {
  INVOCATION_LIFECYCLE,
  type Invocation,
  type InvocationEvent,
  type Move,
  newInvocation,
  nextInvocation,
  type PluginReply,
  rollUpPlugins,
} from "../../../src/fake/engine/invocation.ts";

type EventType = InvocationEvent["type"];

const AT = 1_000;

function reply(detail: PluginReply["detail"]): PluginReply {
  const times = { startedAt: AT - 20, finishedAt: AT - 10 };
  return { name: "aws:runShellScript", detail, exitCode: 0, ...times, stdout: "", stderr: "" };
}

/** One event of each type; the compiler asks for a new one when a type is added. */
const EVENTS: { readonly [E in EventType]: InvocationEvent & { readonly type: E } } = {
  sent: { type: "sent", at: AT },
  agentSilent: { type: "agentSilent", at: AT },
  agentBack: { type: "agentBack", at: AT },
  agentReplied: { type: "agentReplied", at: AT, plugins: [reply("Success")] },
  cancelAsked: { type: "cancelAsked", at: AT },
  recalled: { type: "recalled", at: AT },
  expired: { type: "expired", at: AT },
  stopped: { type: "stopped", at: AT },
  alarmed: { type: "alarmed", at: AT },
  rejected: { type: "rejected", at: AT, as: "Undeliverable" },
};

/** Every event, in each variant that has an effect of its own. */
const VARIANTS: readonly InvocationEvent[] = [
  ...Object.values(EVENTS),
  { ...EVENTS.agentReplied, plugins: [reply("Failed")] },
  { ...EVENTS.agentReplied, plugins: [reply("ExecutionTimedOut")] },
  { ...EVENTS.agentReplied, plugins: [reply("Cancelled")] },
  { ...EVENTS.rejected, as: "InvalidPlatform" },
  { ...EVENTS.rejected, as: "AccessDenied" },
];

// Object.keys has the type of strings; these are the keys of the two objects.
const DETAILS = Object.keys(INVOCATION_LIFECYCLE) as InvocationDetail[];
const EVENT_TYPES = Object.keys(EVENTS) as EventType[];
const TERMINAL = DETAILS.filter((detail) => INVOCATION_DETAILS[detail].terminal);
const OPEN = DETAILS.filter((detail) => !INVOCATION_DETAILS[detail].terminal);

function invocationThatIs(detail: InvocationDetail): Invocation {
  const endedAt = INVOCATION_DETAILS[detail].terminal ? 500 : undefined;
  return { ...newInvocation("i-0123456789abcdef0"), detail, endedAt };
}

function moveOf(detail: InvocationDetail, type: EventType): Move | undefined {
  const moves: { readonly [E in EventType]?: Move } = INVOCATION_LIFECYCLE[detail];
  return moves[type];
}

describe.each(DETAILS)("an invocation that is %s", (detail) => {
  it.each(EVENT_TYPES)("answers %s as the table says", (type) => {
    const before = invocationThatIs(detail);
    const [next, effects] = nextInvocation(before, EVENTS[type]);
    const move = moveOf(detail, type);
    const told = { asReplied: "Success", asGiven: "Undeliverable" } as const;
    const isTold = move?.to === "asReplied" || move?.to === "asGiven";
    expect({ detail: next.detail, effects, isSameRecord: next === before }).toEqual({
      detail: move === undefined ? detail : isTold ? told[move.to] : move.to,
      effects: move?.effects ?? [],
      isSameRecord: move === undefined,
    });
  });
});

describe("the table of moves", () => {
  it("lets nothing leave a terminal detail", () => {
    const moved = TERMINAL.filter((detail) =>
      VARIANTS.some((event) => {
        const before = invocationThatIs(detail);
        return nextInvocation(before, event)[0] !== before;
      }),
    );
    expect(moved).toEqual([]);
  });

  it("reaches every detail from Pending", () => {
    const reached = new Set<InvocationDetail>(["Pending"]);
    for (const detail of reached) {
      for (const event of VARIANTS)
        reached.add(nextInvocation(invocationThatIs(detail), event)[0].detail);
    }
    expect([...reached].sort()).toEqual(DETAILS.toSorted());
  });

  it("uses every event", () => {
    const used = EVENT_TYPES.filter((type) => DETAILS.some((detail) => moveOf(detail, type)));
    expect(used).toEqual(EVENT_TYPES);
  });

  it("never comes back to Pending", () => {
    const back = DETAILS.filter((detail) =>
      VARIANTS.some((event) => {
        const before = invocationThatIs(detail);
        const [next] = nextInvocation(before, event);
        return next !== before && next.detail === "Pending";
      }),
    );
    expect(back).toEqual([]);
  });

  it.each(["expired", "alarmed", "rejected"] as const)("ends every open detail by %s", (type) => {
    const ends = OPEN.map(
      (detail) => nextInvocation(invocationThatIs(detail), EVENTS[type])[0].detail,
    );
    expect(ends.every((end) => INVOCATION_DETAILS[end].terminal)).toBe(true);
  });

  it("says when it ended exactly for what is terminal", () => {
    for (const detail of DETAILS) {
      for (const event of VARIANTS) {
        const [next] = nextInvocation(invocationThatIs(detail), event);
        expect(next.endedAt !== undefined).toBe(INVOCATION_DETAILS[next.detail].terminal);
      }
    }
  });

  it("keeps the end of an invocation through any sequence of events that come after it", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...VARIANTS), { maxLength: 30 }), (events) => {
        let invocation = newInvocation("i-0123456789abcdef0");
        let ended: Invocation | undefined;
        for (const [index, event] of events.entries()) {
          [invocation] = nextInvocation(invocation, { ...event, at: index });
          if (INVOCATION_DETAILS[invocation.detail].terminal) ended ??= invocation;
        }
        expect(invocation).toBe(ended ?? invocation);
        expect(invocation.endedAt === undefined).toBe(ended === undefined);
      }),
    );
  });
});

describe("the record of an invocation", () => {
  it("begins as Pending with nothing known", () => {
    expect(newInvocation("i-0123456789abcdef0")).toEqual({
      instanceId: "i-0123456789abcdef0",
      detail: "Pending",
      sentAt: undefined,
      delayedAt: undefined,
      cancelAskedAt: undefined,
      endedAt: undefined,
      plugins: [],
    });
  });

  it("notes when each thing happened, and what was replied", () => {
    let invocation = newInvocation("i-0123456789abcdef0");
    const plugins = [reply("Cancelled")];
    const story: readonly InvocationEvent[] = [
      { type: "sent", at: 1 },
      { type: "agentSilent", at: 2 },
      { type: "agentBack", at: 3 },
      { type: "cancelAsked", at: 4 },
      { type: "agentReplied", at: 5, plugins },
    ];
    for (const event of story) [invocation] = nextInvocation(invocation, event);
    expect(invocation).toEqual({
      instanceId: "i-0123456789abcdef0",
      detail: "Cancelled",
      sentAt: 1,
      delayedAt: 2,
      cancelAskedAt: 4,
      endedAt: 5,
      plugins,
    });
  });

  it("is a new one after a move; the old one is as it was", () => {
    const before = Object.freeze(newInvocation("i-0123456789abcdef0"));
    const copy = { ...before };
    nextInvocation(before, EVENTS.sent);
    expect(before).toEqual(copy);
  });
});

/** The agent's own order, worst first [agent-aggregator]. */
const WORST_FIRST = ["Failed", "ExecutionTimedOut", "Cancelled", "Success"] as const;

describe("the replies of several steps", () => {
  it.each(
    WORST_FIRST.flatMap((worse, rank) =>
      WORST_FIRST.slice(rank).map((other) => [worse, other] as const),
    ),
  )("%s and %s become the first of the two, in either order", (worse, other) => {
    const both = [reply(worse), reply(other)];
    expect([rollUpPlugins(both), rollUpPlugins(both.toReversed())]).toEqual([worse, worse]);
  });

  it("become the worst of them, however many there are", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...WORST_FIRST), { minLength: 1 }), (details) => {
        const worst = Math.min(...details.map((detail) => WORST_FIRST.indexOf(detail)));
        expect(rollUpPlugins(details.map(reply))).toBe(WORST_FIRST[worst]);
      }),
    );
  });

  // Our decision: in a document whose steps were all left out, nothing went wrong.
  it("become Success when there are none", () => {
    expect(rollUpPlugins([])).toBe("Success");
  });
});
