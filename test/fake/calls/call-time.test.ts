import { describe, expect, it } from "vitest";
import { type CallSurroundings, timeOfCall } from "../../../src/fake/calls/call-time.ts";

/** A look at a fake in this process, on a virtual clock that skips; no code of the test is under way. */
const LOOK: CallSurroundings = {
  operation: "GetCommandInvocation",
  latency: { callDelay: 100, sendAnswerDelay: 70 },
  callTakes: undefined,
  clock: "skips",
  isServed: false,
  isInside: false,
  isFlowing: false,
};
const SEND: CallSurroundings = { ...LOOK, operation: "SendCommand" };
const NOTHING = { beforeLook: 0, beforeAnswer: 0, onTheWay: 0 };

const SURROUNDINGS = (["skips", "wall", "other"] as const).flatMap((clock) =>
  [false, true].flatMap((isServed) =>
    [LOOK, SEND].flatMap((call) => [
      { ...call, clock, isServed },
      { ...call, clock, isServed, isFlowing: true },
    ]),
  ),
);

describe("on a virtual clock that skips", () => {
  it.each([
    "GetCommandInvocation",
    "ListCommands",
    "CancelCommand",
    "DescribeLogStreams",
    "GetObject",
    "NoSuchOperation",
  ])("%s takes its time before the service looks", (operation) => {
    expect(timeOfCall({ ...LOOK, operation })).toEqual({ ...NOTHING, beforeLook: 100 });
  });

  it("SendCommand is looked at at once, and answered later", () => {
    expect(timeOfCall(SEND)).toEqual({ ...NOTHING, beforeAnswer: 70 });
  });

  it("both take as long over HTTP", () => {
    expect(timeOfCall({ ...LOOK, isServed: true })).toEqual(timeOfCall(LOOK));
    expect(timeOfCall({ ...SEND, isServed: true })).toEqual(timeOfCall(SEND));
  });

  it("a call takes nothing while time flows with the wall clock", () => {
    expect([
      timeOfCall({ ...LOOK, isFlowing: true }),
      timeOfCall({ ...SEND, isFlowing: true }),
    ]).toEqual([NOTHING, NOTHING]);
  });
});

describe("on every other clock", () => {
  it("a call takes nothing, but for SendCommand over HTTP on the wall clock", () => {
    const others = SURROUNDINGS.filter(({ clock }) => clock !== "skips");
    const timed = others.filter((each) => Object.values(timeOfCall(each)).some((ms) => ms > 0));
    expect(timed.map(({ clock, operation, isServed }) => [clock, operation, isServed])).toEqual([
      ["wall", "SendCommand", true],
      ["wall", "SendCommand", true],
    ]);
  });

  it("that one takes real time, after its answer has left the service", () => {
    expect(timeOfCall({ ...SEND, clock: "wall", isServed: true })).toEqual({
      ...NOTHING,
      onTheWay: 70,
    });
  });
});

describe.each(SURROUNDINGS)(
  "$operation (clock: $clock, served: $isServed, flowing: $isFlowing)",
  (call) => {
    it("takes what callTakes says and nothing else, before the service looks", () => {
      expect(timeOfCall({ ...call, callTakes: 5_000 })).toEqual({ ...NOTHING, beforeLook: 5_000 });
    });

    it("takes nothing from inside a behavior or a handler, whatever callTakes says", () => {
      expect([
        timeOfCall({ ...call, isInside: true }),
        timeOfCall({ ...call, isInside: true, callTakes: 5_000 }),
      ]).toEqual([NOTHING, NOTHING]);
    });
  },
);
