import { SSM, SSMClient } from "@aws-sdk/client-ssm";
import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it, vi } from "vitest";
import { RunCommandClient } from "../../src/client/run-command-client.ts";
import { RUN_COMMAND_OPERATIONS, type RunCommandMethod } from "../../src/domain/run-command-api.ts";
import { scriptedApi } from "../support/scripted-api.ts";

// The type of the list says that these are its keys.
const METHODS = Object.keys(RUN_COMMAND_OPERATIONS) as RunCommandMethod[];
const answer = { $metadata: {} };

describe.each([
  ["an SSMClient", () => new SSMClient({ region: "us-east-1" })],
  ["an SSM", () => new SSM({ region: "us-east-1" })],
] as const)("a client of %s", (_, make) => {
  it.each(METHODS)("has %s as a function that needs no this", async (method) => {
    const ssm = make();
    const send = vi.spyOn(ssm, "send").mockImplementation(async () => answer);
    const { [method]: call } = new RunCommandClient(ssm);
    expect(await call?.({} as never)).toBe(answer);
    const [command] = send.mock.calls[0] ?? [];
    expect(command?.constructor.name).toBe(`${RUN_COMMAND_OPERATIONS[method]}Command`);
  });
});

describe("a client of a fake", () => {
  it("lists by a function that was taken out of it", async () => {
    const { listCommands } = new RunCommandClient(new FakeSsm());
    expect((await listCommands({})).Commands).toEqual([]);
  });

  it.each(METHODS)(
    "calls the %s that replaced the fake's after the client was made",
    async (method) => {
      const fake = new FakeSsm();
      const client = new RunCommandClient(fake);
      const replaced = vi.spyOn(fake, method).mockImplementation(async () => answer);
      expect(await client[method]?.({} as never)).toBe(answer);
      expect(replaced).toHaveBeenCalledOnce();
    },
  );

  it("walks pages by the method that replaced the fake's", async () => {
    const fake = new FakeSsm();
    const client = new RunCommandClient(fake);
    vi.spyOn(fake, "listCommands").mockResolvedValue({
      ...answer,
      Commands: [{ Comment: "spied" }],
    });
    for await (const { Comment } of client.commands()) expect(Comment).toBe("spied");
    expect.assertions(1);
  });
});

it("describeInstanceInformation is no member of a client whose api has none", () => {
  expect("describeInstanceInformation" in new RunCommandClient(scriptedApi({}))).toBe(false);
});

it("a client in a client passes on what the inner one passes on", async () => {
  const { describeInstanceInformation } = new RunCommandClient(new RunCommandClient(new FakeSsm()));
  expect((await describeInstanceInformation?.({}))?.InstanceInformationList).toEqual([]);
});
