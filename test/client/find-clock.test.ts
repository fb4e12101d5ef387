import { SSM, SSMClient } from "@aws-sdk/client-ssm";
import { describe, expect, it } from "vitest";
import { findClock, findRandom } from "../../src/client/find-clock.ts";
import { systemClock } from "../../src/time/clock.ts";
import { ManualClock } from "../support/manual-clock.ts";

/** A request handler that carries a clock, as the SDK takes it: by its method `handle`. */
const handlerOn = (clock: unknown) => ({
  clock,
  handle: async () => {
    throw new Error("No request was expected.");
  },
});

it("takes the clock that the client itself carries", () => {
  const clock = new ManualClock();
  expect(findClock({ clock })).toBe(clock);
});

it("takes the clock of the request handler of an SSMClient", () => {
  const clock = new ManualClock();
  const client = new SSMClient({ region: "us-east-1", requestHandler: handlerOn(clock) });
  expect(findClock(client)).toBe(clock);
});

it("takes the clock of the request handler of the aggregated SSM", () => {
  const clock = new ManualClock();
  const client = new SSM({ region: "us-east-1", requestHandler: handlerOn(clock) });
  expect(findClock(client)).toBe(clock);
});

it("prefers the client's own clock to that of its handler", () => {
  const own = new ManualClock();
  const config = { requestHandler: handlerOn(new ManualClock()) };
  expect(findClock({ clock: own, config })).toBe(own);
});

it("takes the wall clock when there is no other", () => {
  expect(findClock(new SSMClient({ region: "us-east-1" }))).toBe(systemClock);
});

it.each([
  ["a number", 7],
  ["an object that cannot sleep", { now: () => 0 }],
  ["an object that does not know the time", { sleep: async () => {} }],
])("does not take %s for a clock", (_, clock) => {
  expect(findClock({ clock })).toBe(systemClock);
});

describe("random numbers", () => {
  const random = () => 0.25;

  it("are those that the client itself carries", () => {
    expect(findRandom({ random })).toBe(random);
  });

  it("are those of the request handler of an SSMClient", () => {
    const requestHandler = { ...handlerOn(new ManualClock()), random };
    expect(findRandom(new SSMClient({ region: "us-east-1", requestHandler }))).toBe(random);
  });

  it("are not found where there are none, or no function", () => {
    const clients = [new SSMClient({ region: "us-east-1" }), { random: 4 }];
    expect(clients.map(findRandom)).toEqual([undefined, undefined]);
  });
});
