/**
 * The test of an `allowedPattern` as the service makes it, which reads it as Java does: it has to fit the whole value
 * ([guide-document-elements]; that it must fit the whole is our decision, after AWS's own patterns). The agent reads it
 * again, in another way: see `parameter-checks.ts`.
 *
 * JavaScript reads most patterns as they are. An `(?i)` at the beginning becomes a flag, classes such as `\p{Alpha}` are
 * written out, and a possessive quantifier becomes a greedy one, which accepts a little more (our decision).
 *
 * @returns undefined for a pattern that JavaScript cannot read; the service then accepts every value (our decision).
 */
export function servicePattern(allowedPattern: string): ((text: string) => boolean) | undefined {
  const [, ignoresCase, rest = allowedPattern] = /^(\(\?i\))(.*)$/s.exec(allowedPattern) ?? [];
  try {
    const regExp = new RegExp(`^(?:${withoutJava(rest)})$`, ignoresCase === undefined ? "" : "i");
    return (text) => regExp.test(text);
  } catch {
    return undefined;
  }
}

/** Java's names of ASCII classes, and what stands for them inside brackets. */
const ASCII_CLASSES: Readonly<Record<string, string>> = {
  Alpha: "a-zA-Z",
  Digit: "0-9",
  Alnum: "a-zA-Z0-9",
  Upper: "A-Z",
  Lower: "a-z",
  Punct: "!-\\/:-@\\[-`{-~",
  Space: "\\s",
  XDigit: "0-9a-fA-F",
};

/** An escape, a bracket, a quantifier with a plus behind it, or any other character. */
const TOKEN = /\\p\{(\w+)\}|\\.|[[\]]|([*+?]|\{\d+(?:,\d*)?\})\+|./gs;

function withoutJava(pattern: string): string {
  let isInClass = false;
  return pattern.replace(TOKEN, (token, name?: string, quantifier?: string) => {
    if (token === "[") isInClass = true;
    if (token === "]") isInClass = false;
    const listed = name === undefined ? undefined : ASCII_CLASSES[name];
    if (listed !== undefined) return isInClass ? listed : `[${listed}]`;
    return quantifier === undefined || isInClass ? token : quantifier;
  });
}
