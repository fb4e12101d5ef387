/** How many characters of a value a message shows. */
const MOST_SHOWN = 300;

/** A value that a JavaScript caller gave, for a message; JSON has no bigint and no symbol. */
export function inMessage(given: unknown): string {
  if (typeof given === "string") return shortened(JSON.stringify(given));
  try {
    return shortened(String(given));
  } catch {
    // An object need not have a `toString` that works.
    return "an object";
  }
}

function shortened(text: string): string {
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
