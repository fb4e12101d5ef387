import { throwUnless } from "../fake/assertions/verdict.ts";
import type { ExploreReport } from "./report.ts";
import { cleanVerdict } from "./report-text.ts";

/** A report of what was found. Its function is not enumerable: reports are compared, cloned and printed by what was found. */
export function reportOf(found: Omit<ExploreReport, "throwIfWrong">): ExploreReport {
  const report: ExploreReport = {
    ...found,
    throwIfWrong: (...more: readonly unknown[]) => {
      const advice = "Call it on a report: report.throwIfWrong().";
      throwUnless(
        cleanVerdict(report, { more, place: "throwIfWrong()", advice }),
        report.throwIfWrong,
      );
    },
  };
  return Object.defineProperty(report, "throwIfWrong", { enumerable: false });
}
