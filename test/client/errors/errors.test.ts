import { expect, it } from "vitest";
import {
  CommandNotFoundError,
  RepeatedTokenError,
  RunCommandError,
  StillRunningError,
} from "../../../src/client/errors/errors.ts";

const stillRunning = new StillRunningError({
  commandId: "7c1f",
  lastStatus: "InProgress",
  waitedMs: 90_000,
});

it("StillRunningError says that the command goes on and can be waited for again", () => {
  expect(stillRunning.message).toBe(
    "Command 7c1f was still InProgress after 00:01:30.000. It keeps running: waiting again with its id is safe, and nothing was cancelled.",
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
    "Command 7c1f is unknown to the service: ListCommands did not show it for 00:00:30.000. Check the id, the region and the account; the service forgets a command after 30 days.",
  );
});

it.each([
  ["StillRunningError", stillRunning],
  ["CommandNotFoundError", new CommandNotFoundError("7c1f", 30_000)],
  ["RepeatedTokenError", new RepeatedTokenError("ListCommands", "2")],
])("%s is a RunCommandError with its own name", (name, error) => {
  expect(error).toBeInstanceOf(RunCommandError);
  expect(error.name).toBe(name);
});
