/**
 * Values as the agent, a Go program, writes them. JSON values are `map`, list, `float64`, string, boolean and `nil` there.
 */

/** Whether a value is an object of JSON. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The same object with each of its values changed. */
export function withValues(
  object: Readonly<Record<string, unknown>>,
  changed: (value: unknown) => unknown,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, changed(value)]));
}

/**
 * A value as Go's `json.Marshal` writes it: the keys of objects in order, and `<`, `>`, `&` and two line separators escaped
 * [agent-cases].
 *
 * @example
 * ```ts
 * goJson({ b: "<x>", a: ["1", 2] }); //=> '{"a":["1",2],"b":"\\u003cx\\u003e"}'
 * ```
 */
export function goJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goJson).join(",")}]`;
  if (isObject(value)) {
    const entries = sortedEntries(value).map(([key, held]) => `${goJson(key)}:${goJson(held)}`);
    return `{${entries.join(",")}}`;
  }
  if (Object.is(value, -0)) return "-0";
  return (JSON.stringify(value) ?? "null").replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * A value as Go's `%v` prints it: `map[key:value]` with its keys in order, `[a b]` [agent-cases].
 *
 * @example
 * ```ts
 * goText({ runCommand: ["echo a", true] }); //=> "map[runCommand:[echo a true]]"
 * ```
 */
export function goText(value: unknown): string {
  if (value === null || value === undefined) return "<nil>";
  if (Array.isArray(value)) return `[${value.map(goText).join(" ")}]`;
  if (typeof value === "number") return goNumber(value);
  if (!isObject(value)) return String(value);
  const entries = sortedEntries(value).map(([key, held]) => `${key}:${goText(held)}`);
  return `map[${entries.join(" ")}]`;
}

/** A `float64`: with an exponent from a million on and below a ten-thousandth. */
function goNumber(value: number): string {
  const [digits = "", exponent = "0"] = value.toExponential().split("e");
  const power = Number(exponent);
  if (Object.is(value, -0)) return "-0";
  if (value === 0 || (power >= -4 && power < 6)) return String(value);
  return `${digits}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

/** The members of an object in the order of Go, which compares the UTF-8 bytes of their names. */
export function sortedEntries(
  object: Readonly<Record<string, unknown>>,
): readonly (readonly [string, unknown])[] {
  return Object.entries(object).sort(([a], [b]) => (comesBefore(a, b) ? -1 : 1));
}

/** UTF-8 bytes are in the order of the characters, UTF-16 units are not. */
function comesBefore(a: string, b: string): boolean {
  const others = [...b];
  for (const [index, sign] of [...a].entries()) {
    const other = others[index];
    if (sign !== other) return other !== undefined && codeOf(sign) < codeOf(other);
  }
  return true;
}

function codeOf(sign: string): number {
  return sign.codePointAt(0) ?? 0;
}

/** Digits, with single underscores between them. */
const DIGITS = String.raw`(?:\d+(?:_\d+)*)`;
const HEX_DIGITS = String.raw`((?:[\da-f]+(?:_[\da-f]+)*)?)`;
const DECIMAL = new RegExp(
  String.raw`^[+-]?(?:${DIGITS}(?:\.${DIGITS}?)?|\.${DIGITS})(?:e[+-]?${DIGITS})?$`,
  "i",
);
const HEXADECIMAL = new RegExp(
  String.raw`^([+-]?)0x_?${HEX_DIGITS}(?:\.${HEX_DIGITS})?p([+-]?\d+)$`,
  "i",
);

/**
 * The number that Go's `strconv` reads in a string; undefined when it reads none.
 *
 * @example
 * ```ts
 * parsedByGo("1_000"); //=> 1000
 * parsedByGo("5 "); //=> undefined
 * ```
 */
export function parsedByGo(text: string): number | undefined {
  if (DECIMAL.test(text)) return Number(text.replaceAll("_", ""));
  const [, sign, whole = "", fraction = "", power] = HEXADECIMAL.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replaceAll("_", "");
  if (sign === undefined || digits === "") return undefined;
  const scale = 2 ** (Number(power) - 4 * fraction.replaceAll("_", "").length);
  return Number(`${sign}1`) * Number.parseInt(digits, 16) * scale;
}
