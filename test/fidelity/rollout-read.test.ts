import { expect, it } from "vitest";
import { readRollout } from "./rollout-read.ts";

const timeline = (...lines: readonly string[]) => lines.join("\n");

it("is empty before anything was sent", () => {
  const text = "00:00:00.000  2f4ab6c0…  SendCommand AWS-RunShellScript → i-1  Pending";
  expect(readRollout(text)).toEqual({ order: [], inFlight: 0, maxInFlight: 0 });
});

it("counts nodes from sent to ended, in the order of sending", () => {
  const text = timeline(
    "00:00:00.000  i-1  sent                    Pending → InProgress",
    "00:00:00.000  i-2  sent                    Pending → InProgress",
    "00:00:03.000  i-2  does not answer         InProgress → Delayed",
    "00:00:05.000  i-1  ended with exit code 0  InProgress → Success",
  );
  expect(readRollout(text)).toEqual({ order: ["i-1", "i-2"], inFlight: 1, maxInFlight: 2 });
});

it("frees a place before it is taken again at the same instant", () => {
  const text = timeline(
    "00:00:00.000  i-1  sent                    Pending → InProgress",
    "00:00:01.000  i-2  sent                    Pending → InProgress",
    "00:00:01.000  i-1  ended with exit code 0  InProgress → Success",
  );
  expect(readRollout(text)).toEqual({ order: ["i-1", "i-2"], inFlight: 1, maxInFlight: 1 });
});

it("counts a node that ends at the instant at which it is sent before the next", () => {
  const text = timeline(
    "00:00:00.000  i-1  sent          Pending → InProgress",
    "00:00:00.000  i-1  ended unheard  InProgress → Undeliverable",
    "00:00:00.000  i-2  sent          Pending → InProgress",
  );
  expect(readRollout(text)).toEqual({ order: ["i-1", "i-2"], inFlight: 1, maxInFlight: 1 });
});

it("leaves out nodes that ended without having been sent to", () => {
  const text = "00:00:02.000  i-3  ended unheard  Pending → Terminated";
  expect(readRollout(text)).toEqual({ order: [], inFlight: 0, maxInFlight: 0 });
});
