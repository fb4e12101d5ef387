import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ResolvedStep } from "../../../src/fake/documents/resolve-steps.ts";
import { afterStep, type StepReport, verdictOn } from "../../../src/fake/documents/step-flow.ts";
import { aDocument, aReport, aStep } from "./a-document.ts";

interface Planned {
  readonly step: ResolvedStep;
  readonly result: StepReport;
}

const aResult: fc.Arbitrary<StepReport> = fc.oneof(
  fc.constant(aReport()),
  fc.constantFrom(1, 2, 168, 169).map((exitCode) => aReport({ detail: "Failed", exitCode })),
  fc.constant(aReport({ detail: "ExecutionTimedOut", exitCode: 137 })),
);

/** Steps with their flow, and how each ends if it runs. */
const aPlan: fc.Arbitrary<readonly Planned[]> = fc
  .array(
    fc.record({
      result: aResult,
      action: fc.constantFrom("aws:runShellScript", "aws:psModule"),
      onFailure: fc.constantFrom(undefined, "exit", "successAndExit"),
      onSuccess: fc.constantFrom(undefined, undefined, "exit"),
      isFinally: fc.boolean(),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((plans) =>
    plans.map(({ result, ...flow }, index) => ({
      result,
      step: aStep({ name: `step${index}`, ...flow }),
    })),
  );

/** Which steps a Linux node runs. */
function ran(plan: readonly Planned[]): readonly number[] {
  const flow = aDocument(plan.map(({ step }) => step));
  const runs: number[] = [];
  let hasExited = false;
  for (const [index, { step, result }] of plan.entries()) {
    const verdict = verdictOn(index, { flow, platform: "Linux", hasExited });
    if (verdict.type !== "run") continue;
    runs.push(index);
    hasExited ||= afterStep(step, result).exits;
  }
  return runs;
}

/** Whether a step that ended so ends the document, in the words of the table. */
function exits({ step, result: { detail, exitCode } }: Planned): boolean {
  if (exitCode === 168 || exitCode === 169) return true;
  if (detail === "Failed") return step.onFailure !== undefined;
  return detail === "Success" && step.onSuccess !== undefined;
}

const isOnLinux = ({ step }: Planned) => step.action === "aws:runShellScript";

describe("the flow of any document", () => {
  it("runs no step after an exit but a finallyStep at the end", () => {
    fc.assert(
      fc.property(aPlan, (plan) => {
        const first = ran(plan).find((index) => exits(plan[index]!));
        const after = ran(plan).filter((index) => first !== undefined && index > first);
        const last = plan.length - 1;
        expect(after).toEqual(first !== last && after.length > 0 ? [last] : []);
        expect(after.every((index) => plan[index]!.step.isFinally)).toBe(true);
      }),
    );
  });

  it("runs every step up to the exit that the platform can run", () => {
    fc.assert(
      fc.property(aPlan, (plan) => {
        const end = plan.findIndex((planned) => isOnLinux(planned) && exits(planned));
        const upTo = plan.slice(0, end === -1 ? plan.length : end + 1);
        const expected = [...upTo.entries()].filter(([, each]) => isOnLinux(each));
        expect(ran(plan).slice(0, expected.length)).toEqual(expected.map(([index]) => index));
      }),
    );
  });

  it("runs a finallyStep at the end exactly once, whatever happened", () => {
    const finallyStep = { step: aStep({ name: "cleanUp", isFinally: true }), result: aReport() };
    fc.assert(
      fc.property(aPlan, (plan) => {
        const runs = ran([...plan, finallyStep]);
        expect(runs.filter((index) => index === plan.length)).toHaveLength(1);
      }),
    );
  });

  it("calls no step a failure that it ends well", () => {
    fc.assert(
      fc.property(aPlan, (plan) => {
        for (const { step, result } of plan) {
          const { report } = afterStep(step, result);
          const isWell = report.exitCode === 0 || report.exitCode === 168;
          expect(report.detail === "Success").toBe(isWell);
        }
      }),
    );
  });
});
