import type { RunCommandApi } from "ssm-run-command";
import {
  CommandFailedError,
  CommandNotFoundError,
  NodesUnavailableError,
  RepeatedTokenError,
  type RunCommandClient,
  StillRunningError,
} from "ssm-run-command";
import { describe, expectTypeOf, it } from "vitest";
import type { NodeStanding } from "../../src/client/errors/nodes-unavailable-error.ts";
import type { RUN_COMMAND_OPERATIONS, RunCommandMethod } from "../../src/domain/run-command-api.ts";

describe("an error of the client", () => {
  it("can be made in a test of its user", () => {
    expectTypeOf(CommandNotFoundError).toBeConstructibleWith("7c1f", 30_000);
    expectTypeOf(RepeatedTokenError).toBeConstructibleWith("ListCommands", "2");
    expectTypeOf(NodesUnavailableError).toBeConstructibleWith("No.", {
      standing: {} as NodeStanding,
    });
    expectTypeOf(StillRunningError).toBeConstructibleWith({
      commandId: "7c1f",
      lastStatus: "Pending",
      waitedMs: 1,
    });
    expectTypeOf(CommandFailedError).toBeConstructibleWith(
      { kind: "failed", command: {}, invocations: [] },
      { lines: 3 },
    );
  });

  it("that a command failed is not made of one that succeeded", () => {
    // @ts-expect-error it succeeded
    new CommandFailedError({ kind: "succeeded", command: {}, invocations: [] });
  });
});

describe("an operation", () => {
  it("of the client has the type of the api's", () => {
    expectTypeOf<Pick<RunCommandClient, RunCommandMethod>>().toEqualTypeOf<
      Readonly<Pick<RunCommandApi, RunCommandMethod>>
    >();
  });

  it("is in the list, each of them, and nothing else is", () => {
    expectTypeOf<keyof typeof RUN_COMMAND_OPERATIONS>().toEqualTypeOf<RunCommandMethod>();
    expectTypeOf<RunCommandMethod | "clock">().toEqualTypeOf<keyof RunCommandApi>();
  });
});
