import { SSM } from "@aws-sdk/client-ssm";
import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { nodeId, SCRIPT } from "../../../contract/contract-account.ts";
import { refusalOf, rejectionOf } from "../../../support/rejection.ts";

describe.each<[what: string, code: unknown]>([
  ["a function", () => "text"],
  ["a symbol", Symbol("text")],
])("%s in a request of the object API", (_, code) => {
  it("gets in place of a member what a real client gets", async () => {
    const fake = new FakeSsm();
    const request = { CommandId: code } as never;
    const ours = await refusalOf(fake.listCommands(request));
    const theirs = await refusalOf(new SSM(fake.clientConfig()).listCommands(request));
    expect([ours.name, theirs.name]).toEqual(["SerializationException", "SerializationException"]);
  });

  it("is nothing in place of a member that the service does not have", async () => {
    expect((await new FakeSsm().listCommands({ onProgress: code } as never)).Commands).toEqual([]);
  });

  it("is refused among scripts, and told", async () => {
    const fake = new FakeSsm({ nodes: [{}] });
    const Parameters = { commands: ["true", code] };
    const request = { ...SCRIPT, InstanceIds: [nodeId(1)], Parameters } as never;
    expect(await rejectionOf(fake.sendCommand(request))).toMatchObject({
      name: "SerializationException",
      cause: { message: "Parameters.commands[1] is no JSON, and has to be a string." },
    });
  });
});
