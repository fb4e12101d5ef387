import { test } from "@jest/globals";
import { namedTimers, ownTimers } from "../own-timers.ts";

test.each(Object.entries({ ...ownTimers, ...namedTimers }))("%s", (_name, run) => run());
