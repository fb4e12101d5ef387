import { ListCommandsCommand, SSMClient, type SSMClientConfig } from "@aws-sdk/client-ssm";
import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { refusalOf } from "../support/rejection.ts";

/** A real client over a fake that refuses the first calls with this error, and counts the calls. */
function aClient(name: string, turnedDown: number, overrides: SSMClientConfig = {}) {
  const fake = new FakeSsm();
  const config = fake.clientConfig(overrides);
  const handler = fake.client().config.requestHandler;
  let asked = 0;
  const statusCode = name === "InternalServerError" ? 500 : 400;
  const body = new TextEncoder().encode(JSON.stringify({ __type: name, message: "Rate exceeded" }));
  const client = new SSMClient({
    ...config,
    requestHandler: {
      ...config.requestHandler,
      handle: (...args: Parameters<typeof handler.handle>) =>
        ++asked <= turnedDown
          ? Promise.resolve({ response: { statusCode, headers: {}, body } as never })
          : handler.handle(...args),
    },
  });
  const begun = fake.clock.now();
  return {
    list: () => client.send(new ListCommandsCommand({})),
    asked: () => asked,
    passed: () => fake.clock.now() - begun,
  };
}

describe("the SDK's own retries over the fake", () => {
  it("ride out throttling that passes", async () => {
    const { list } = aClient("ThrottlingException", 2);
    expect((await list()).$metadata.attempts).toBe(3);
  });

  it("sleep on the fake's clock", async () => {
    const { list, passed } = aClient("ThrottlingException", 2);
    await list();
    expect(passed()).toBeGreaterThan(0);
  });

  it("sleep no longer than the SDK's own delays: half a second, then one", async () => {
    const { list, passed } = aClient("ThrottlingException", 2);
    await list();
    expect(passed()).toBeLessThanOrEqual(1_500);
  });

  it("end after three attempts with the service's own error", async () => {
    const { list, asked } = aClient("ThrottlingException", Infinity);
    expect([await refusalOf(list()), asked()]).toEqual([
      { name: "ThrottlingException", message: "Rate exceeded" },
      3,
    ]);
  });

  it.each([1, 2, 5])("make %i attempts when maxAttempts says so", async (maxAttempts) => {
    const { list, asked } = aClient("ThrottlingException", Infinity, { maxAttempts });
    await refusalOf(list());
    expect(asked()).toBe(maxAttempts);
  });

  it("make as many attempts as a maxAttempts that is a function says", async () => {
    const maxAttempts = async () => 4;
    const { list, asked } = aClient("ThrottlingException", Infinity, { maxAttempts });
    await refusalOf(list());
    expect(asked()).toBe(4);
  });

  it("ride out an InternalServerError", async () => {
    const { list } = aClient("InternalServerError", 1);
    expect((await list()).$metadata.attempts).toBe(2);
  });

  it("do not repeat what the client did wrong", async () => {
    const { list, asked } = aClient("InvalidFilterKey", Infinity);
    await refusalOf(list());
    expect(asked()).toBe(1);
  });

  it("draw the same delays from the same seed", async () => {
    const [one, other] = [aClient("ThrottlingException", 2), aClient("ThrottlingException", 2)];
    await Promise.all([one.list(), other.list()]);
    expect(one.passed()).toBe(other.passed());
  });
});
