import { test } from "node:test";
import { namedTimers, ownTimers } from "./own-timers.js";

for (const [name, run] of Object.entries({ ...ownTimers, ...namedTimers })) test(name, run);
