import { type Clock, systemClock } from "../time/clock.ts";
import { hasMethod, member } from "./member.ts";

/**
 * The clock that a client lives on: its own `clock`, else that of its request handler (the SDK keeps that object by
 * identity in `config.requestHandler`), else the wall clock. So nobody configures time twice. Our decision.
 */
export function findClock(client: object): Clock {
  const candidates = [member(client, "clock"), member(handlerOf(client), "clock")];
  return candidates.find(isClock) ?? systemClock;
}

function handlerOf(client: object): unknown {
  return member(member(client, "config"), "requestHandler");
}

function isClock(value: unknown): value is Clock {
  return hasMethod(value, "now") && hasMethod(value, "sleep");
}
