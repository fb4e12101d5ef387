import type { Random } from "../../time/random.ts";

/**
 * What values look like, so that they can be drawn from a seed, or by a library that makes failing ones simpler. A value is
 * drawn as the plan says, and `made` turns it into what it stands for.
 */
export interface Shape<out Value> {
  readonly plan: Plan;
  /** Takes what was drawn by the plan. It has no other input, and changes nothing. */
  readonly made: (drawn: unknown) => Value;
}

/** How a value is drawn: plain data. */
export type Plan =
  | { readonly type: "constant"; readonly value: unknown }
  | { readonly type: "integer"; readonly min: number; readonly max: number }
  | {
      readonly type: "oneOf";
      /** The simplest first; each as often as its weight among all weights. */
      readonly among: readonly Alternative<unknown>[];
    }
  | {
      readonly type: "list";
      readonly of: Shape<unknown>;
      readonly min: number;
      readonly max: number;
    }
  | { readonly type: "record"; readonly members: Readonly<Record<string, Shape<unknown>>> };

/** A weight, a whole number above 0, and what is drawn so often. */
export type Alternative<Value> = readonly [weight: number, shape: Shape<Value>];

/** The value of a shape. */
export type ValueOf<Of> = Of extends Shape<infer Value> ? Value : never;

/** The names of members that may be left out. */
type OptionalName<Members> = {
  [Name in keyof Members]: undefined extends ValueOf<Members[Name]> ? Name : never;
}[keyof Members];

/** The object whose members have these shapes; those that may be undefined are then left out. */
export type RecordOf<Members> = {
  readonly [Name in Exclude<keyof Members, OptionalName<Members>>]: ValueOf<Members[Name]>;
} & {
  readonly [Name in OptionalName<Members>]?: Exclude<ValueOf<Members[Name]>, undefined>;
};

/** Always the same value. */
export function constant<const Value>(value: Value): Shape<Value> {
  return { plan: { type: "constant", value }, made: () => value };
}

/** A whole number, both bounds included: the smallest is the simplest. */
export function integer(min: number, max: number): Shape<number> {
  return { plan: { type: "integer", min, max }, made: Number };
}

/** One of these, the simplest first. */
export function oneOf<Value>(...among: readonly Alternative<Value>[]): Shape<Value> {
  // What is drawn is a value of one of the alternatives.
  return { plan: { type: "oneOf", among }, made: (drawn) => drawn as Value };
}

/** One of these values, each as often as the others, the simplest first. */
export function oneOfValues<const Value>(...values: readonly Value[]): Shape<Value> {
  return oneOf(...values.map((value): Alternative<Value> => [1, constant(value)]));
}

/** A list of so many values: the shortest is the simplest. */
export function listOf<Value>(
  of: Shape<Value>,
  { min, max }: { readonly min: number; readonly max: number },
): Shape<readonly Value[]> {
  // What is drawn is a list of values of `of`.
  return { plan: { type: "list", of, min, max }, made: (drawn) => drawn as readonly Value[] };
}

/** An object with these members, without those that are undefined. */
export function record<const Members extends Readonly<Record<string, Shape<unknown>>>>(
  members: Members,
): Shape<RecordOf<Members>> {
  return {
    plan: { type: "record", members },
    // What is drawn is an object with a value of each of these shapes.
    made: (drawn) => withoutUndefined(Object(drawn)) as RecordOf<Members>,
  };
}

/** Two values. */
export function pair<First, Second>(
  first: Shape<First>,
  second: Shape<Second>,
): Shape<readonly [First, Second]> {
  // What is drawn has a value of each of the two shapes, in this order.
  const made = (drawn: unknown) => Object.values(Object(drawn)) as [First, Second];
  return { plan: { type: "record", members: { first, second } }, made };
}

/** A value in so many of a hundred cases, else undefined: in a record, a member that may be left out, which is simpler. */
export function maybe<Value>(percent: number, shape: Shape<Value>): Shape<Value | undefined> {
  return oneOf<Value | undefined>([100 - percent, constant(undefined)], [percent, shape]);
}

/** What a function makes of a value. */
export function mapped<From, To>({ plan, made }: Shape<From>, to: (from: From) => To): Shape<To> {
  return { plan, made: (drawn) => to(made(drawn)) };
}

/** Draws a value: the same random numbers give the same value. */
export function sample<Value>({ plan, made }: Shape<Value>, random: Random): Value {
  return made(drawn(plan, random));
}

function drawn(plan: Plan, random: Random): unknown {
  switch (plan.type) {
    case "constant":
      return plan.value;
    case "integer":
      return integerFrom(plan, random);
    case "oneOf": {
      const whole = plan.among.reduce((sum, [weight]) => sum + weight, 0);
      let left = random() * whole;
      const chosen = plan.among.find(([weight]) => {
        left -= weight;
        return left < 0;
      });
      return chosen === undefined ? undefined : sample(chosen[1], random);
    }
    case "list": {
      const length = integerFrom(plan, random);
      return Array.from({ length }, () => sample(plan.of, random));
    }
    case "record":
      return Object.fromEntries(
        Object.entries(plan.members).map(([name, shape]) => [name, sample(shape, random)]),
      );
  }
}

function integerFrom(
  { min, max }: { readonly min: number; readonly max: number },
  random: Random,
): number {
  return min + Math.floor(random() * (max - min + 1));
}

function withoutUndefined(members: object): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
