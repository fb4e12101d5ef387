/** How many characters of a value a message shows. */
const MOST_SHOWN = 300;

/** A value that a JavaScript caller gave, for a message; JSON has no bigint and no symbol. */
export function inMessage(given: unknown): string {
  if (typeof given === "string") return shortened(JSON.stringify(given));
  // By its name: its text can be long.
  if (typeof given === "function") return `the function ${given.name}`;
  try {
    const text = Array.isArray(given) ? `[${given.map(inMessage)}]` : String(given);
    return text === "[object Object]" ? shortened(shapeOf(Object(given))) : shortened(text);
  } catch {
    // An object need not have a `toString` that works.
    return "an object";
  }
}

/**
 * The error for what a place does not take.
 *
 * @param advice - What to give it instead; it follows after `Give it `.
 */
export function notTaken(given: unknown, place: string, advice: string): TypeError {
  return new TypeError(`${place} was given ${inMessage(given)}. Give it ${advice}.`);
}

/** An object by its names, without its values, which may be secret. */
function shapeOf(given: object): string {
  const { name } = given.constructor;
  if (name !== "Object") return `an object of class ${name}`;
  const names = Object.keys(given);
  return names.length === 0 ? "{}" : `{ ${names.join(", ")} }`;
}

function shortened(text: string): string {
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
