// Runs the suites without a runner.
import { explored } from "./explored.ts";
import { namedTimers, ownTimers } from "./own-timers.ts";
import { stories } from "./stories.ts";

async function main(): Promise<void> {
  const tests = Object.entries({ ...stories, ...ownTimers, ...namedTimers, ...explored });
  for (const [name, run] of tests) {
    console.log(name);
    await run();
  }
  console.log(`${tests.length} passed`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
