import { allSteps, fitsSomewhere, type StepsDraft } from "./automaton.ts";
import { anyBut } from "./character-set.ts";
import { whole } from "./expression.ts";
import { type Dialect, readPattern } from "./re2.ts";

/** Whether a value fits. Values that are checked together share their steps. */
export type ServicePattern = (text: string, steps?: StepsDraft) => boolean;

/**
 * The test of an `allowedPattern` as the service makes it, which reads it as Java does: it has to fit the whole value
 * ([guide-document-elements]; that it must fit the whole is our decision, after AWS's own patterns). The agent reads it
 * again, in another way: see `parameter-checks.ts`.
 *
 * What Java and Go write alike is read as Go's; classes such as `\p{Alpha}` are written out, and a possessive quantifier
 * becomes a greedy one, which accepts a little more (our decision). What only Java has, such as `(?=`, is left to
 * JavaScript, for values on which its search cannot take long: every longer one fits (our decision).
 *
 * @returns undefined for a pattern that JavaScript cannot read; the service then accepts every value (our decision).
 */
export function servicePattern(allowedPattern: string): ServicePattern | undefined {
  const pattern = withoutJava(allowedPattern);
  const read = readPattern(pattern, JAVA);
  if (!read.ok) return javaScriptPattern(pattern);
  const expression = whole(read.expression);
  return (text, steps = allSteps()) => fitsSomewhere(expression, text, steps);
}

/** A dot takes no end of a line; counts have no limit. */
const JAVA: Dialect = {
  dot: anyBut("\n\r\u0085\u2028\u2029"),
  mostCopies: Number.POSITIVE_INFINITY,
};

/** Java's names of ASCII classes, and what stands for them inside brackets. */
const ASCII_CLASSES: Readonly<Record<string, string>> = {
  ASCII: "\\x00-\\x7F",
  Alpha: "a-zA-Z",
  Digit: "0-9",
  Alnum: "a-zA-Z0-9",
  Upper: "A-Z",
  Lower: "a-z",
  Punct: "!-\\/:-@\\[-`{-~",
  Graph: "!-~",
  Print: "\\x20-~",
  Blank: "\\x20\\t",
  Cntrl: "\\x00-\\x1F\\x7F",
  XDigit: "0-9a-fA-F",
  Space: "\\t-\\r\\x20",
};

/** An escape, a bracket, a quantifier with a plus behind it, or any other character. */
const TOKEN = /\\p\{(\w+)\}|\\.|[[\]]|([*+?]|\{\d+(?:,\d*)?\})\+|./gs;

function withoutJava(pattern: string): string {
  let isInClass = false;
  return pattern.replace(TOKEN, (token, name?: string, quantifier?: string) => {
    if (token === "[") isInClass = true;
    if (token === "]") isInClass = false;
    // Java's `\s` has the vertical tab too.
    const listed = ASCII_CLASSES[token === "\\s" ? "Space" : (name ?? "")];
    if (listed !== undefined) return isInClass ? listed : `[${listed}]`;
    return quantifier === undefined || isInClass ? token : quantifier;
  });
}

/** What JavaScript's search may cost: about as many steps. */
const MOST_TRIES = 10_000_000;

/** Of how many groups JavaScript may be asked: V8 compiles by recursion, at the first search, and may end the process. */
const MOST_GROUPS = 1_000;

/** As JavaScript reads it, which searches by trying one way after the other. */
function javaScriptPattern(pattern: string): ServicePattern | undefined {
  // Without its flag `u`, JavaScript takes the `\p` of a class that it does not know for a letter.
  if (/\\[pP]/.test(pattern)) return undefined;
  if (pattern.split("(").length > MOST_GROUPS) return undefined;
  const [, ignoresCase, rest = pattern] = /^(\(\?i\))(.*)$/s.exec(pattern) ?? [];
  try {
    const regExp = new RegExp(`^(?:${rest})$`, ignoresCase === undefined ? "" : "i");
    return (text) => mostTries(rest, text.length) > MOST_TRIES || regExp.test(text);
  } catch {
    return undefined;
  }
}

/** An escape, a class, the beginning of a group, a quantifier, or any other character. */
const PART = /\\.|\[(?:\\.|[^\]])*\]|\(\?<?|[*+?]|\{(\d+)(?:(,)(\d*))?\}|./gs;

/** What no search of JavaScript exceeds: in each of the ways that it may try, each part may walk through the whole text. */
function mostTries(pattern: string, length: number): number {
  let tries = pattern.length * (length + 1);
  let before = "";
  for (const [part, least, comma, most] of pattern.matchAll(PART)) {
    const isRepeat = part === "*" || part === "+" || least !== undefined;
    // A group that is repeated has its own ways in every copy.
    if (isRepeat && before === ")") return Number.POSITIVE_INFINITY;
    if (part === "|" || part === "?") tries *= 2;
    else if (isRepeat && (comma !== undefined || least === undefined)) {
      tries *= most ? Number(most) - Number(least) + 1 : length + 1;
    }
    before = part;
  }
  return tries;
}
