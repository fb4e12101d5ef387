import { test } from "@jest/globals";
import { namedTimers, ownTimers } from "../own-timers";

test.each(Object.entries({ ...ownTimers, ...namedTimers }))("%s", (_name, run) => run());
