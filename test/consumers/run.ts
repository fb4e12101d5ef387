// `npm run consumers -- [NAME…]`: the test projects with what is installed here.
import { CONSUMERS } from "./consumers.ts";
import { runAll } from "./run-all.ts";

await runAll(CONSUMERS, process.argv.slice(2));
