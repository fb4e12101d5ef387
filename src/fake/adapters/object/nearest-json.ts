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
 */
export function nearestJson(input: unknown): unknown {
  return isCode(input) ? undefined : copied(input, []);
}

function isCode(value: unknown): boolean {
  return typeof value === "function" || typeof value === "symbol";
}

function copied(value: unknown, around: readonly object[]): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : String(value);
    case "bigint":
      return copied(Number(value), around);
    case "undefined":
      return undefined;
    case "function":
    case "symbol":
      return Number.NaN;
    case "object":
      return value === null || around.includes(value) ? undefined : copiedObject(value, around);
  }
}

function copiedObject(value: object, around: readonly object[]): unknown {
  if (around.length >= MOST_LEVELS) return undefined;
  const inside = [...around, value];
  const plain = orUndefined(() => unboxed(value));
  if (plain !== value) return copied(plain, inside);
  if (ArrayBuffer.isView(value)) return {};
  // The keys of a list are those of its items, without holes, however long it is.
  const names = orUndefined(() => Object.keys(value)) ?? [];
  const members = names.flatMap((name) => {
    const held = member(value, name, inside);
    return held === undefined ? [] : [[name, held] as const];
  });
  const isList = orUndefined(() => Array.isArray(value)) === true;
  if (!isList) return Object.fromEntries(members);
  return members.filter(([name]) => /^\d+$/.test(name)).map(([, held]) => held);
}

function member(value: object, name: string, inside: readonly object[]): unknown {
  const held = orUndefined((): unknown => Reflect.get(value, name));
  return copied(held, inside);
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
