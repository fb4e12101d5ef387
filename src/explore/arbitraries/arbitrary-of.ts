import * as fc from "fast-check";
import type { Plan, Shape } from "../random/shape.ts";

/** The arbitrary of a shape: values are as likely as when they are drawn from a seed, and fast-check makes them simpler. */
export function arbitraryOf<Value>({ plan, made }: Shape<Value>): fc.Arbitrary<Value> {
  return drawnBy(plan).map(made);
}

function drawnBy(plan: Plan): fc.Arbitrary<unknown> {
  switch (plan.type) {
    case "constant":
      return fc.constant(plan.value);
    case "integer":
      return fc.integer({ min: plan.min, max: plan.max });
    case "oneOf":
      return fc.oneof(
        { withCrossShrink: true },
        ...plan.among.map(([weight, shape]) => ({ weight, arbitrary: arbitraryOf(shape) })),
      );
    case "list":
      return listOf(plan);
    case "record":
      return fc.record(
        Object.fromEntries(
          Object.entries(plan.members).map(([name, shape]) => [name, arbitraryOf(shape)]),
        ),
      );
  }
}

function listOf({
  of,
  min,
  max,
}: Extract<Plan, { type: "list" }>): fc.Arbitrary<readonly unknown[]> {
  const lists = (minLength: number) =>
    fc.array(arbitraryOf(of), { minLength, maxLength: max, size: "max" });
  // With a shortest length, fast-check only drops items at the beginning, and never those at the end.
  return min === 1 ? lists(0).filter(({ length }) => length > 0) : lists(min);
}
