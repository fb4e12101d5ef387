import { expect, it } from "vitest";
import {
  CommandNotFoundError,
  RepeatedTokenError,
  RunCommandError,
  StillRunningError,
} from "../../../src/client/errors/errors.ts";
import { NodesUnavailableError } from "../../../src/client/errors/nodes-unavailable-error.ts";
import { CommandFailedError } from "../../../src/client/outcomes/command-failed-error.ts";

const stillRunning = new StillRunningError({
  commandId: "7c1f",
  lastStatus: "InProgress",
  waitedMs: 90_000,
});

it("StillRunningError says that the command goes on and can be waited for again", () => {
  expect(stillRunning.message).toBe(
    "Command 7c1f was still InProgress after 00:01:30.000. It keeps running: nothing was cancelled. Waiting again is safe.",
  );
});

it("StillRunningError carries its facts", () => {
  expect(stillRunning).toMatchObject({
    commandId: "7c1f",
    lastStatus: "InProgress",
    waitedMs: 90_000,
  });
});

it("StillRunningError has a cause only when there was trouble", () => {
  expect(Object.hasOwn(stillRunning, "cause")).toBe(false);
});

it("CommandNotFoundError says what to check", () => {
  expect(new CommandNotFoundError("7c1f", 30_000).message).toBe(
    "Command 7c1f is unknown to the service: ListCommands did not show it for 00:00:30.000. Check id, region and account; it is forgotten after 30 days.",
  );
});

it("StillRunningError says so when the command was asked to stop", () => {
  const facts = { commandId: "7c1f", lastStatus: "Cancelling", waitedMs: 90_000 } as const;
  expect(new StillRunningError({ ...facts, cancelAccepted: true }).message).toBe(
    "Command 7c1f was still Cancelling after 00:01:30.000. It was asked to stop. Waiting again is safe.",
  );
});

it("RepeatedTokenError keeps the token, and does not show it", () => {
  const error = new RepeatedTokenError("ListCommands", "c2VjcmV0");
  expect(error).toMatchObject({ operation: "ListCommands", token: "c2VjcmV0" });
  expect(error.message).not.toContain("c2VjcmV0");
});

it("NodesUnavailableError lists how the nodes stand, and needs no cause", () => {
  const standing = { unknown: ["i-00000001"], offline: [], online: ["i-00000002"] };
  const error = new NodesUnavailableError("SendCommand refused the nodes.", { standing });
  expect(error).toMatchObject(standing);
  expect(error.message).toBe(
    "SendCommand refused the nodes. Unknown (other account or region, stopped, never registered): i-00000001. Online (a loss shows minutes later): i-00000002.",
  );
  expect(Object.hasOwn(error, "cause")).toBe(false);
});

it("CommandFailedError knows what the outcome tells", () => {
  const command = { CommandId: "7c1f", Status: "Cancelled", StatusDetails: "Cancelled" } as const;
  const error = new CommandFailedError({ kind: "cancelled", command, invocations: [] });
  expect(error).toMatchObject({ kind: "cancelled", commandId: "7c1f" });
  expect(error.message).toBe("Command 7c1f ended as Cancelled.\nexplain(outcome) tells the rest.");
});

it.each([
  ["StillRunningError", stillRunning],
  ["CommandNotFoundError", new CommandNotFoundError("7c1f", 30_000)],
  ["RepeatedTokenError", new RepeatedTokenError("ListCommands", "2")],
])("%s is a RunCommandError with its own name", (name, error) => {
  expect(error).toBeInstanceOf(RunCommandError);
  expect(error.name).toBe(name);
});
