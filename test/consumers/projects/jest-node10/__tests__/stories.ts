import { test } from "@jest/globals";
import { explored } from "../explored";
import { stories } from "../stories";

test.each(Object.entries({ ...stories, ...explored }))("%s", (_name, story) => story());
