const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** What JSON may hold. */
export interface JsonBounds {
  /** How many levels of lists and objects. */
  readonly levels: number;
  /** How many values, about: every comma and every list or object counts. */
  readonly values: number;
}

/**
 * Whether JSON is nested deeper, or holds more values, than it may, found in its bytes before anything is parsed: code that
 * walks the value later may be recursive, and a megabyte of `[],[],…` takes many times its size in memory. For bytes that
 * are not JSON the result means nothing.
 */
export function isBeyond(json: Uint8Array, { levels, values }: JsonBounds): boolean {
  let depth = 0;
  let found = 0;
  let inText = false;
  for (let at = 0; at < json.byteLength; at++) {
    const byte = json[at];
    if (inText) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if (byte === COMMA) found++;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      found++;
      if (++depth > levels) return true;
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth--;
  }
  return found > values;
}
