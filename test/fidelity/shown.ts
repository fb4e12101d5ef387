const MOST_CHARACTERS = 200;

/** A value as a message shows it: JSON on one line, without the middle of what is long. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const json = JSON.stringify(value);
  if (json.length <= MOST_CHARACTERS) return json;
  const half = MOST_CHARACTERS / 2;
  return `${json.slice(0, half)} … ${json.slice(-half)}`;
}

/** The message of anything that was thrown, on one line. */
export function messageOf(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return message.replace(/\s*\n\s*/g, " ");
}
