import { NodesUnavailableError, RunCommandClient } from "ssm-run-command";
import { FakeSsm, VirtualClock } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../../support/rejection.ts";
import { scriptedApi } from "../../support/scripted-api.ts";

const id = "i-00000001";

/** A fake in which a node registers after a while. */
function registersAfter(ms: number): FakeSsm {
  const fake = new FakeSsm();
  const begun = fake.clock.now();
  fake.on("DescribeInstanceInformation", () => {
    const isTime = fake.clock.now() - begun >= ms;
    if (isTime && fake.nodes.get(id) === undefined) fake.nodes.add({ instanceId: id });
    return undefined;
  });
  return fake;
}

const callsOf = (fake: FakeSsm) => fake.journal.entries().filter(({ type }) => type === "call");

describe.each([
  ["the fake as an object", (fake: FakeSsm) => fake],
  ["a real SSMClient", (fake: FakeSsm) => fake.client()],
] as const)("waitUntilManaged, through %s", (_, road) => {
  it("resolves at the first look when all are there", async () => {
    const fake = registersAfter(0);
    await new RunCommandClient(road(fake)).waitUntilManaged([id]);
    expect(callsOf(fake)).toHaveLength(1);
  });

  it("resolves when the last node has registered", async () => {
    const fake = registersAfter(90_000);
    const begun = fake.clock.now();
    await new RunCommandClient(road(fake)).waitUntilManaged([id]);
    const waited = fake.clock.now() - begun;
    expect([waited >= 90_000, waited <= 102_000]).toEqual([true, true]);
  });

  it("rides out throttling", async () => {
    const fake = registersAfter(30_000);
    fake.faults.throttle("*", { every: 2 });
    const waiting = new RunCommandClient(road(fake)).waitUntilManaged([id]);
    await expect(waiting).resolves.toBeUndefined();
  });
});

it("ends after the timeout with what is known of each node", async () => {
  const fake = new FakeSsm({ nodes: [{ instanceId: id, agent: "unreachable" }] });
  const waiting = new RunCommandClient(fake).waitUntilManaged([id, "i-00000002"], {
    timeout: "5m",
  });
  const error = await rejectionOf(waiting);
  expect(error).toBeInstanceOf(NodesUnavailableError);
  expect(error).toMatchObject({
    unknown: ["i-00000002"],
    offline: [{ instanceId: id }],
    online: [],
  });
  expect(String(error)).toMatch(/Not every node could take commands after 00:05:00\.100\. /);
});

it("has the trouble of the last look as its cause", async () => {
  const fake = new FakeSsm();
  fake.faults.throttle("*", { every: 1 });
  const waiting = new RunCommandClient(fake).waitUntilManaged([id], { timeout: "1m" });
  expect(await rejectionOf(waiting)).toMatchObject({ cause: { name: "ThrottlingException" } });
});

it("throws what is permanent at once", async () => {
  const fake = new FakeSsm();
  fake.faults.denyAccess("DescribeInstanceInformation", { every: 1 });
  const error = await rejectionOf(new RunCommandClient(fake).waitUntilManaged([id]));
  expect(error).toHaveProperty("name", "AccessDeniedException");
  expect(fake.journal.entries()).toHaveLength(1);
});

it("asks for 50 nodes at a time", async () => {
  const fake = new FakeSsm();
  for (let i = 0; i < 120; i++) fake.nodes.add();
  const ids = fake.nodes.list().map(({ instanceId }) => instanceId);
  await new RunCommandClient(fake).waitUntilManaged(ids);
  expect(callsOf(fake)).toHaveLength(3);
});

it("rejects with the caller's reason, unchanged", async () => {
  const clock = new VirtualClock({ skips: false });
  const fake = new FakeSsm({ clock });
  const aborting = new AbortController();
  const waiting = rejectionOf(
    new RunCommandClient(fake).waitUntilManaged([id], { signal: aborting.signal }),
  );
  aborting.abort("enough");
  expect(await waiting).toBe("enough");
});

it("rejects with the caller's reason, too, when the abort comes while the last look is under way", async () => {
  const fake = registersAfter(0);
  const aborting = new AbortController();
  fake.on("DescribeInstanceInformation", () => {
    aborting.abort("enough");
    return undefined;
  });
  const waiting = new RunCommandClient(fake).waitUntilManaged([id], { signal: aborting.signal });
  expect(await rejectionOf(waiting)).toBe("enough");
});

it("says so when the api cannot look at nodes", async () => {
  const { describeInstanceInformation, ...api } = scriptedApi({}) as ReturnType<
    typeof scriptedApi
  > & { describeInstanceInformation?: unknown };
  await expect(new RunCommandClient(api).waitUntilManaged([id])).rejects.toThrow(
    new TypeError("The api lacks describeInstanceInformation. Wrap an SSMClient."),
  );
});
