import { describe, expect, it } from "vitest";
import {
  type AgentBehavior,
  byPlugin,
  fails,
  hangs,
  inOrder,
  killed,
  reboots,
  succeeds,
  when,
} from "../../../src/fake/agents/behavior.ts";
import { checkBehavior } from "../../../src/fake/agents/check-behavior.ts";

const NODE = "i-00000000000000001";
const UNITLESS = "90" as never;
const bad = { type: "exits", after: UNITLESS } as const;
const says = (what: string) =>
  `${what} of the behavior of ${NODE} is "90", which is not a duration. Write it with its unit (ms, s, m, h, d): "90s".`;

describe("a valid behavior", () => {
  it.each<[fact: string, behavior: AgentBehavior]>([
    ["succeeds", succeeds({ after: "90s", writes: [{ at: "1s", stdout: "x" }], killTakes: "1s" })],
    ["fails", fails({ exitCode: -1 })],
    ["hangs", hangs()],
    ["is killed", killed({ after: "1s" })],
    ["reboots", reboots({ after: "1s", takes: "1m" })],
    ["never replies", { type: "neverReplies" }],
    ["is a function", () => succeeds()],
    ["chooses by plugin", byPlugin({ install: succeeds() }, fails())],
    ["goes in order", inOrder(fails(), succeeds())],
    ["chooses by predicate", when(() => true, fails(), succeeds())],
    ["works in real time", { type: "inRealTime", run: async () => succeeds() }],
  ])("is returned: one that %s", (_, behavior) => {
    expect(checkBehavior(behavior, NODE)).toBe(behavior);
  });
});

describe("a duration without its unit", () => {
  it.each<[fact: string, behavior: AgentBehavior, what: string]>([
    ["after of succeeds", bad, "after"],
    ["after of killed", { type: "killed", signal: "killed", after: UNITLESS }, "after"],
    ["after of reboots", { type: "reboots", after: UNITLESS }, "after"],
    ["takes of reboots", { type: "reboots", takes: UNITLESS }, "takes"],
    ["killTakes", { type: "hangs", killTakes: UNITLESS }, "killTakes"],
    ["at of a write", { type: "hangs", writes: [{ at: UNITLESS }] }, "at of a write"],
    ["after of a rerun", reboots({ then: bad }), "after"],
    ["after by plugin", byPlugin({ install: bad }), "after"],
    ["after otherwise", byPlugin({}, bad), "after"],
    ["after in order", inOrder(fails(), bad), "after"],
    ["after by predicate", when(() => true, bad), "after"],
    ["after by no predicate", when(() => true, fails(), bad), "after"],
  ])("is reported where it stands: %s", (_, behavior, what) => {
    expect(() => checkBehavior(behavior, NODE)).toThrow(new TypeError(says(what)));
  });
});

describe("what is not a behavior", () => {
  it("is an exit code that is not a whole number", () => {
    expect(() => checkBehavior({ type: "exits", exitCode: 1.5 }, NODE)).toThrow(
      new TypeError(`exitCode of the behavior of ${NODE} is 1.5. Write a whole number.`),
    );
  });

  it("is an unknown type", () => {
    expect(() => checkBehavior({ type: "sleeps" } as never, NODE)).toThrow(
      new TypeError(
        `The behavior of ${NODE} has the type "sleeps". Use succeeds(), fails(), hangs() and the like, or a function that returns one.`,
      ),
    );
  });
});
