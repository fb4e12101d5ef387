import { test } from "@jest/globals";
import { stories } from "../stories";

test.each(Object.entries(stories))("%s", (_name, story) => story());
