import { test } from "vitest";
import { namedTimers, ownTimers } from "./own-timers.ts";

test.each(Object.entries(ownTimers))("%s", (_name, run) => run());
test.concurrent.each(Object.entries(namedTimers))("%s", (_name, run) => run());
