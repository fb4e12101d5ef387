import { test } from "@jest/globals";
import { namedTimers, ownTimers } from "./own-timers.js";

test.each(Object.entries({ ...ownTimers, ...namedTimers }))("%s", (_name, run) => run());
