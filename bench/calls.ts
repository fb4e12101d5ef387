// What a call costs: GetCommandInvocation of an object, on a fake whose calls take no time and on one whose calls do.
import { FakeSsm, hangs, type LatencyPreset } from "ssm-run-command/fake";

const CALLS = 20_000;
const ROUNDS = 7;

/** Microseconds of one call, one after the other. */
async function microseconds(latency: LatencyPreset): Promise<number> {
  const fake = new FakeSsm({ nodes: [{ behavior: hangs() }], latency });
  const InstanceId = "i-00000000000000001";
  const { Command } = await fake.sendCommand({
    DocumentName: "AWS-RunShellScript",
    Parameters: { commands: ["uptime"] },
    InstanceIds: [InstanceId],
  });
  const which = { CommandId: Command?.CommandId, InstanceId };
  const startedAt = performance.now();
  for (let call = 0; call < CALLS; call++) await fake.getCommandInvocation(which);
  const took = ((performance.now() - startedAt) * 1_000) / CALLS;
  await fake.reset();
  return took;
}

// One after the other in every round, so that both meet the same machine.
const rounds: Readonly<Record<"instant" | "measured", number>>[] = [];
for (let round = 0; round < ROUNDS; round++) {
  rounds.push({
    instant: await microseconds("instant"),
    measured: await microseconds("measured"),
  });
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const instant = median(rounds.map((round) => round.instant));
const measured = median(rounds.map((round) => round.measured));
console.log(`GetCommandInvocation of an object, median of ${ROUNDS} rounds of ${CALLS} calls:`);
console.log(`  instant   ${instant.toFixed(1)} µs`);
console.log(
  `  measured  ${measured.toFixed(1)} µs, ${(measured / instant).toFixed(1)} times as much`,
);
