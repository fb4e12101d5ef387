import { describe, expect, it } from "vitest";
import { KNOWN_DIFFERENCES, type KnownDifference } from "./known-differences.ts";
import { readCases } from "./report.ts";
import { ROADS } from "./roads.ts";
import { failureOf } from "./run-case.ts";

const cases = readCases([new URL("cases.json", import.meta.url)]);
const differenceOf = (each: (typeof cases)[number]) =>
  KNOWN_DIFFERENCES.find(({ isNeededBy }) => each.ok && isNeededBy(each.value));

describe.each(ROADS)("by the road %s", (road) => {
  for (const each of cases) {
    const title = each.ok ? `${each.id}: ${each.value.title}` : each.id;
    const difference = differenceOf(each);
    const passes = async () => expect(await failureOf(each, road)).toBeUndefined();
    if (difference === undefined) it(title, passes);
    else it.fails(`${title} (known to differ: ${difference.reason})`, passes);
  }
});

it("every known difference is met by a case", () => {
  const isMet = ({ isNeededBy }: KnownDifference) =>
    cases.some((each) => each.ok && isNeededBy(each.value));
  expect(KNOWN_DIFFERENCES.filter((each) => !isMet(each))).toEqual([]);
});
