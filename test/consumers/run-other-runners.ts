// `npm run test:runners -- [NAME…]`: the test projects on other versions of Vitest and Node, on Bun and on Deno.
import { OTHER_RUNNERS } from "./consumers.ts";
import { runAll } from "./run-all.ts";

await runAll(OTHER_RUNNERS, process.argv.slice(2));
