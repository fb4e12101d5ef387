// Seconds and bytes of heap per invocation for a large fleet by tag, beside a plain loop that makes as many objects.
// Run it with `npm run bench:fleet`. Machines are noisy: read the ratio, not the seconds.
import { FakeSsm, succeeds } from "ssm-run-command/fake";

const SIZES = [10_000, 100_000];
const INVOCATION_FIELDS = 7;

interface Measured {
  readonly seconds: number;
  readonly bytes: number;
}

console.log("nodes    seconds  bytes/invocation  plain loop s  bytes/object  ratio of seconds");
for (const size of SIZES) {
  const fleet = await best(3, () => runFleet(size));
  const loop = await best(3, () => plainLoop(size));
  const cells = [
    String(size).padEnd(7),
    fleet.seconds.toFixed(3).padStart(8),
    (fleet.bytes / size).toFixed(0).padStart(17),
    loop.seconds.toFixed(3).padStart(13),
    (loop.bytes / size).toFixed(0).padStart(13),
    (fleet.seconds / loop.seconds).toFixed(1).padStart(17),
  ];
  console.log(cells.join(" "));
}

/** One command to all nodes by tag, own durations, MaxConcurrency 10 %, run to its end. */
async function runFleet(size: number): Promise<Measured> {
  const fake = new FakeSsm({ journalSize: 0 });
  for (let i = 0; i < size; i++) {
    fake.nodes.add({
      tags: { Fleet: "all" },
      behavior: succeeds({ after: `${1_000 + ((i * 7_919) % 9_000)}ms` }),
    });
  }
  const heap = heapNow();
  const start = performance.now();
  const { Command } = await fake.sendCommand({
    DocumentName: "AWS-RunShellScript",
    Parameters: { commands: ["true"] },
    Targets: [{ Key: "tag:Fleet", Values: ["all"] }],
    MaxConcurrency: "10%",
  });
  await fake.clock.advance("2h");
  const { Commands } = await fake.listCommands({ CommandId: Command?.CommandId });
  const seconds = (performance.now() - start) / 1_000;
  const ended = Commands?.[0];
  if (ended?.Status !== "Success" || ended.CompletedCount !== size) {
    throw new Error(`The fleet ended ${ended?.Status} with ${ended?.CompletedCount} of ${size}.`);
  }
  const bytes = heapNow() - heap;
  // Read after the measurement, so that no part of the fake could be collected before.
  if (fake.nodes.list().length !== size) throw new Error("The fleet lost nodes.");
  return { seconds, bytes };
}

/** As many objects of as many fields as the fleet has invocations, kept. */
function plainLoop(size: number): Promise<Measured> {
  const heap = heapNow();
  const start = performance.now();
  const kept: Record<string, unknown>[] = [];
  for (let i = 0; i < size; i++) {
    const record: Record<string, unknown> = {};
    for (let field = 0; field < INVOCATION_FIELDS; field++) record[`field${field}`] = i + field;
    kept.push(record);
  }
  const seconds = (performance.now() - start) / 1_000;
  const bytes = heapNow() - heap;
  if (kept.length !== size) throw new Error("The loop lost objects.");
  return Promise.resolve({ seconds, bytes });
}

async function best(times: number, run: () => Promise<Measured>): Promise<Measured> {
  const runs: Measured[] = [];
  for (let i = 0; i < times; i++) runs.push(await run());
  const [quickest] = runs.sort((a, b) => a.seconds - b.seconds);
  if (quickest === undefined) throw new Error("Nothing was measured.");
  return quickest;
}

function heapNow(): number {
  if (globalThis.gc === undefined) throw new Error("Run with --expose-gc: npm run bench:fleet.");
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
