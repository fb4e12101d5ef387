import type { Constraint, Members } from "../../calls/constraint.ts";

/** How deep an input is read (our decision; the deepest request of Run Command has six levels). */
const MOST_LEVELS = 100;

/**
 * An input as the JSON that the SDK would send for it, or the nearest to that where the SDK would fail. It never throws,
 * whatever a JavaScript caller gives.
 *
 * - `null`, `undefined` and holes are left out, of lists too; so are a member whose getter throws, an object inside itself, and
 *   what is nested deeper than a hundred levels.
 * - A function or a symbol within becomes `NaN` itself, which is of the wrong type for every member: the SDK writes it as it
 *   stands in code, and the service cannot read that.
 * - `NaN` and the infinities become the strings of these names, which are of the wrong type for a number. A date becomes its
 *   ISO string, a bigint a number, a boxed value its value, and bytes an empty object.
 * - Where a structure or a map is wanted, the members of any object count, of a list or a date as well: so the SDK writes it.
 *
 * @param members - What the operation takes, if it is known.
 */
export function nearestJson(input: unknown, members?: Members): unknown {
  if (isCode(input)) return undefined;
  const wanted = members && ({ type: "structure", members } as const);
  return copied(input, { around: [], wanted });
}

/** Where a value stands. */
interface Place {
  /** The objects that it is in. */
  readonly around: readonly object[];
  /** What the service wants there, if it knows the place. */
  readonly wanted: Constraint | undefined;
}

function isCode(value: unknown): boolean {
  return typeof value === "function" || typeof value === "symbol";
}

function copied(value: unknown, place: Place): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : String(value);
    case "bigint":
      return copied(Number(value), place);
    case "undefined":
      return undefined;
    case "function":
    case "symbol":
      return Number.NaN;
    case "object":
      return value === null || place.around.includes(value)
        ? undefined
        : copiedObject(value, place);
  }
}

function copiedObject(value: object, { around, wanted }: Place): unknown {
  if (around.length >= MOST_LEVELS) return undefined;
  const inside = [...around, value];
  const countsMembers = wanted?.type === "structure" || wanted?.type === "map";
  const plain = countsMembers ? value : orUndefined(() => unboxed(value));
  if (plain !== value) return copied(plain, { around: inside, wanted });
  if (ArrayBuffer.isView(value)) return {};
  // The keys of a list are those of its items, without holes, however long it is.
  const names = orUndefined(() => Object.keys(value)) ?? [];
  const members = names.flatMap((name) => {
    const held = member(value, name, { around: inside, wanted: wantedWithin(wanted, name) });
    return held === undefined ? [] : [[name, held] as const];
  });
  const isList = !countsMembers && orUndefined(() => Array.isArray(value)) === true;
  if (!isList) return Object.fromEntries(members);
  return members.filter(([name]) => /^\d+$/.test(name)).map(([, held]) => held);
}

function member(value: object, name: string, place: Place): unknown {
  const held = orUndefined((): unknown => Reflect.get(value, name));
  return copied(held, place);
}

/** What is wanted as a member or an item of a place. */
function wantedWithin(wanted: Constraint | undefined, name: string): Constraint | undefined {
  switch (wanted?.type) {
    case "structure":
      return Object.hasOwn(wanted.members, name) ? wanted.members[name] : undefined;
    case "list":
    case "map":
      return wanted.of;
    default:
      return undefined;
  }
}

/** What `JSON.stringify` takes instead of an object: the result of its `toJSON`, or what is in the box. */
function unboxed(value: object): unknown {
  const toJson: unknown = Reflect.get(value, "toJSON");
  if (typeof toJson === "function") return Reflect.apply(toJson, value, [""]);
  const isBoxed = value instanceof String || value instanceof Number || value instanceof Boolean;
  return isBoxed ? value.valueOf() : value;
}

/** Runs what may be code of the caller: a getter, a `toJSON`, a trap of a proxy. */
function orUndefined<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
