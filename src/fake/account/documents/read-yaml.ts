/** The parser of YAML, as it is imported when it is first needed. */
export type Yaml = Pick<typeof import("yaml"), "Composer" | "Lexer" | "Parser">;

/** What YAML means, or the first thing that is wrong with it. */
export type ReadYaml =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly what: "syntax"; readonly message: string; readonly at: number }
  | { readonly ok: false; readonly what: "depth" | "length" }
  | { readonly ok: false; readonly what: "aliases"; readonly message: string };

/** What the parser may have open beside the levels of a document: the document, a scalar, and what comes before a key. */
const OPEN_BESIDE = 3;

/**
 * How many lexemes are read (our decision). A document of 64 KB that somebody wrote has a few thousand; the parser takes ten
 * microseconds for each, so that 64 KB of quotation marks would hold the event loop for most of a second.
 */
export const MOST_LEXEMES = 25_000;

/**
 * Reads one document of YAML as plain data. Of a key that stands twice, the last one counts, as in JSON. A key that is a map,
 * as in `{{ name }}` without quotes, is a mistake.
 *
 * It stops at the first mistake of the parser, and at more than `most` levels: the parser goes on after mistakes, which may
 * be 64,000 in 64 KB of `]`, and composes by recursion, and when a regular expression meets the end of the stack, the
 * process of Node ends. What composing finds is gathered without the excerpts that the parser makes by default.
 */
export function readYaml(
  text: string,
  { yaml, most }: { readonly yaml: Yaml; readonly most: number },
): ReadYaml {
  const { Composer, Lexer, Parser } = yaml;
  const parser = new Parser();
  const tokens: Parameters<InstanceType<typeof Composer>["next"]>[0][] = [];
  let lexemes = 0;
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (++lexemes > MOST_LEXEMES) return { ok: false, what: "length" };
    const wrong = wrongEscape(lexeme);
    if (wrong !== undefined) {
      return syntax(`Invalid escape sequence ${wrong.text}`, offset + wrong.at);
    }
    if (!MARKS.includes(lexeme)) offset += lexeme.length;
    for (const token of parser.next(lexeme)) {
      if (token.type === "error") return syntax(token.message, token.offset);
      tokens.push(token);
    }
    if (parser.stack.length > most + OPEN_BESIDE) return { ok: false, what: "depth" };
  }
  for (const token of parser.end()) {
    if (token.type === "error") return syntax(token.message, token.offset);
    tokens.push(token);
  }
  const composer = new Composer({
    logLevel: "error",
    prettyErrors: false,
    stringKeys: true,
    uniqueKeys: false,
  });
  const [document, second] = composer.compose(tokens, true, text.length);
  if (second !== undefined) {
    return syntax("Source contains multiple documents", second.range?.[0] ?? 0);
  }
  const [error] = document?.errors ?? [];
  if (error !== undefined) return syntax(error.message, error.pos[0]);
  try {
    // The parser bounds aliases: it refuses those that would explode.
    return { ok: true, value: document?.toJS() ?? null };
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return { ok: false, what: "aliases", message };
  }
}

/** What the lexer says of its own beside the lexemes of the text. */
const MARKS: readonly string[] = ["\u0002", "\u0018", "\u001f"];

/** What stands behind a backslash in double quotes, as far as it belongs to it. */
const ESCAPE = /\\(?:x[\da-f]{2}|u[\da-f]{4}|U[\da-f]{8}|.)/gis;
const RIGHT_ESCAPE = /^\\(?:[0abt\tnvfre "/\\N_LP\r\n]|[xuU][\da-fA-F]+)$/;

/** The first escape in text in double quotes that YAML does not know: composing finds all of them, one mistake for each. */
function wrongEscape(lexeme: string): { readonly text: string; readonly at: number } | undefined {
  if (!lexeme.startsWith('"')) return undefined;
  for (const { 0: text, index } of lexeme.matchAll(ESCAPE)) {
    if (!RIGHT_ESCAPE.test(text)) return { text, at: index };
  }
  return undefined;
}

function syntax(message: string, at: number): ReadYaml {
  return { ok: false, what: "syntax", message, at };
}
