import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { runShellScript } from "ssm-run-command";
import { FakeSsm, succeeds } from "ssm-run-command/fake";
import { expect, it, vi } from "vitest";

const warn = vi.spyOn(console, "warn").mockImplementation(() => {});

/** A fake that was used as tests use it, and dropped without a reset. */
async function useAFake(): Promise<void> {
  const fake = new FakeSsm({ nodes: [{ behavior: succeeds({ stdout: "up\n" }) }] });
  const [node] = fake.nodes.list();
  await fake.sendCommand({ ...runShellScript("uptime"), InstanceIds: [node!.instanceId] });
  await fake.listCommands({});
}

async function heapAfter(count: number): Promise<number> {
  for (let made = 0; made < count; made++) await useAFake();
  // A look is watched for almost two real seconds, and then said on the console, which keeps what it was told.
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  warn.mockClear();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect === "function") collect();
}

it("keeps less than a hundred bytes of each of ten thousand fakes (real: 2 s a round)", {
  timeout: 90_000,
}, async () => {
  warn.mockImplementation(() => {});
  let before = await heapAfter(500);
  const kept: number[] = [];
  // What a fake leaves behind, it leaves in every round. What the compiler and the runner add, they add once.
  for (let round = 0; round < 3 && Math.min(...kept) >= 100; round++) {
    const after = await heapAfter(10_000);
    kept.push((after - before) / 10_000);
    before = after;
  }
  expect(Math.min(...kept)).toBeLessThan(100);
});
