// Runs the suite without a runner.
import { stories } from "./stories.ts";

async function main(): Promise<void> {
  for (const [name, story] of Object.entries(stories)) {
    console.log(name);
    await story();
  }
  console.log(`${Object.keys(stories).length} passed`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
