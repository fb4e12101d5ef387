/** What may come next in JSON. */
type Expected = "value" | "firstValue" | "firstName" | "name" | "colon" | "more";

type Moves = Readonly<Record<string, Expected>>;

const VALUE: Moves = { "{": "firstName", "[": "firstValue", text: "more", scalar: "more" };

/** What each token allows next. */
const MOVES: Readonly<Record<Exclude<Expected, "more">, Moves>> = {
  value: VALUE,
  firstValue: { ...VALUE, "]": "more" },
  firstName: { text: "colon", "}": "more" },
  name: { text: "colon" },
  colon: { ":": "value" },
};

/** The same after a value, which depends on what encloses it. */
const MOVES_WITHIN: Readonly<Record<string, Moves>> = {
  "{": { ",": "name", "}": "more" },
  "[": { ",": "value", "]": "more" },
};

const SPACE = /[ \t\n\r]*/;
const TOKEN =
  /([{}[\]:,])|("(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/;

/** The beginning of a text in quotes, as far as it is right. */
const SOUND_TEXT = /^"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*/;

/** How many characters can be read of what begins no token. */
function soundLength(broken: string): number {
  const [text] = SOUND_TEXT.exec(broken) ?? [];
  if (text !== undefined) return text.length;
  const word = ["true", "false", "null"].find((each) => each[0] === broken[0]) ?? "";
  let length = 0;
  while (length < word.length && word[length] === broken[length]) length++;
  return length;
}

/**
 * Where a text stops being JSON: the offset of the first token that is not allowed there, the place within a token at which
 * it is broken, or the end of a text that is incomplete. JavaScript engines name the place of only some mistakes, each engine in its own words.
 *
 * @param text - Text that `JSON.parse` refuses.
 */
export function jsonMistakeIn(text: string): number {
  const space = new RegExp(SPACE, "y");
  const token = new RegExp(TOKEN, "y");
  const open: string[] = [];
  let expected: Expected = "value";
  for (;;) {
    space.exec(text);
    token.lastIndex = space.lastIndex;
    const found = token.exec(text);
    if (found === null) return space.lastIndex + soundLength(text.slice(space.lastIndex));
    const [, mark, quoted] = found;
    const kind = mark ?? (quoted === undefined ? "scalar" : "text");
    const moves: Moves | undefined =
      expected === "more" ? MOVES_WITHIN[open.at(-1) ?? ""] : MOVES[expected];
    const next: Expected | undefined = moves?.[kind];
    if (next === undefined) return space.lastIndex;
    if (kind === "{" || kind === "[") open.push(kind);
    if (kind === "}" || kind === "]") open.pop();
    expected = next;
    space.lastIndex = token.lastIndex;
  }
}

/**
 * The offset of the last character of a value in JSON, or undefined if it is not there. Of several members with one name,
 * the first is meant.
 *
 * @param text - Text that `JSON.parse` takes.
 * @param path - The names of the members that lead to the value.
 */
export function endOfValue(text: string, path: readonly string[]): number | undefined {
  let depth = 0;
  /** How many names of the path have been found, each in the object that the one before leads to. */
  let found = 0;
  let last = "";
  for (const { 0: token, index } of text.matchAll(new RegExp(TOKEN, "g"))) {
    if (token === ":") {
      if (found < path.length && depth === found + 1 && last === path[found]) found++;
      continue;
    }
    if (token === "{" || token === "[") depth++;
    if (token === "}" || token === "]") depth--;
    if (depth < found) return undefined;
    if (found === path.length && depth === found) return index + token.length - 1;
    if (token.startsWith('"')) last = JSON.parse(token);
  }
  return undefined;
}
