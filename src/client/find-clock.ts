import { type Clock, systemClock } from "../time/clock.ts";
import { hasMethod, member } from "./member.ts";

/**
 * The clock of a client: its own `clock`, else that of its request handler (the SDK keeps that very object in
 * `config.requestHandler`), else the wall clock. So the clock need not be configured twice. Our decision.
 */
export function findClock(client: object): Clock {
  return carriedBy(client, "clock").find(isClock) ?? systemClock;
}

/** The random numbers of a client, found in the same places; those of a fake follow from its seed. */
export function findRandom(client: object): (() => number) | undefined {
  return carriedBy(client, "random").find(
    (carried): carried is () => number => typeof carried === "function",
  );
}

function carriedBy(client: object, name: string): unknown[] {
  return [client, member(client, "config", "requestHandler")].map((each) => member(each, name));
}

export function isClock(value: unknown): value is Clock {
  return hasMethod(value, "now") && hasMethod(value, "sleep");
}
