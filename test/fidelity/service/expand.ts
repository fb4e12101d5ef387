import { isObject, type JsonObject, rewritten } from "../json.ts";

/** An input as it is sent: long strings and lists written out, and the ids of the scenario's commands put in. */
export function expanded(input: JsonObject, commandIds: readonly string[]): JsonObject {
  const change = (value: unknown): unknown => {
    if (typeof value === "string") return withIds(value, commandIds);
    if (!isObject(value)) return undefined;
    const { $runs: runs, $list: list } = value;
    if (Array.isArray(runs)) return runs.map(([piece, times]) => piece.repeat(times)).join("");
    if (!Array.isArray(list)) return undefined;
    const [item, times] = list;
    return Array.from({ length: times }, () => rewritten(item, change));
  };
  // An object stays an object, unless it is one of the two above.
  return rewritten(input, change) as JsonObject;
}

/** Text with `<command>`, `<command 2>`, … replaced by the ids; the id of a command that was not sent yet stays as it is. */
export function withIds(text: string, commandIds: readonly string[]): string {
  return text.replace(
    /<command(?: (\d+))?>/g,
    (found, number = "1") => commandIds[Number(number) - 1] ?? found,
  );
}
