import { type Clock, systemClock } from "../time/clock.ts";
import { hasMethod, member } from "./member.ts";

/**
 * The clock that a client lives on: its own `clock`, else that of its request handler (the SDK keeps that object by
 * identity in `config.requestHandler`), else the wall clock. So nobody configures time twice. Our decision.
 */
export function findClock(client: object): Clock {
  return carriedBy(client, "clock").find(isClock) ?? systemClock;
}

/** The chance that goes with that clock, found in the same places: on the fake its seed decides it. */
export function findRandom(client: object): (() => number) | undefined {
  return carriedBy(client, "random").find(
    (carried): carried is () => number => typeof carried === "function",
  );
}

function carriedBy(client: object, name: string): unknown[] {
  return [client, member(member(client, "config"), "requestHandler")].map((each) =>
    member(each, name),
  );
}

function isClock(value: unknown): value is Clock {
  return hasMethod(value, "now") && hasMethod(value, "sleep");
}
