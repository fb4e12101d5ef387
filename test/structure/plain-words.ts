/** What is said instead of a plain word, and the plain word. */
const PLAIN_WORDS: readonly (readonly [odd: RegExp, plain: string])[] = [
  [/\banswer(?:s|ed|ing)? with\b/i, "returns"],
  [/\bwhoever\b|\bwhomever\b/i, "the caller"],
  [/\btexts\b/i, "strings, or messages"],
  [/\bchance\b/i, "randomness"],
  [/\bthat there (?:is|are) not\b/i, "that does not exist"],
  [/\bconsistency\b|\bdials?\b/i, "latency"],
  [/\breactors?\b/i, "handler"],
  [/\breadings\b/i, "settings"],
  [/\bturned away\b/i, "rejected"],
];

/** How a source is named where its id belongs. */
const UNCITED: readonly RegExp[] = [
  /\bagent's (?:own )?(?:source|code)\b/i,
  /\bour specification\b|\bsemantics\b/i,
  /\b(?:recorded|seen|documented|recordings?|captured)\b[^.;]{0,20}\b20[12]\d\b/i,
  /\((?:all )?(?:recorded|documented|inferred)\)/i,
  /\bopen question \d/i,
  /https?:\/\/(?:docs\.aws\.amazon\.com|github\.com)/i,
];

/** The words of a text for which there are plainer ones: a sentence for each. */
export function oddWordsIn(text: string): readonly string[] {
  return PLAIN_WORDS.flatMap(([odd, plain]) => {
    const [found] = odd.exec(text) ?? [];
    return found === undefined ? [] : [`says "${found}" for ${plain}`];
  });
}

/** Where a text names a source without its id: a sentence for each. */
export function uncitedIn(text: string): readonly string[] {
  const withoutIds = text.replace(/\[[^[\]]*\]/g, "");
  return UNCITED.flatMap((form) => {
    const [found] = form.exec(withoutIds) ?? [];
    return found === undefined ? [] : [`says "${found}" where the id of a source belongs`];
  });
}
