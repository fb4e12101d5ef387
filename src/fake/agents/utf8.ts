const REPLACEMENT = 0xfffd;

/**
 * Bytes as the agent's JSON has them: UTF-8, and U+FFFD for each byte that is none. (A `TextDecoder` has one for several
 * bytes of a character that breaks off.) [agent-cases]
 */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return pieceByPiece(bytes);
  }
}

/** Reads bytes that come in pieces, as `textOf` reads all of them at once. */
export interface Utf8Reader {
  /** The text of the bytes so far that was not returned yet, but for a character that may go on in the next piece. */
  read(bytes: Uint8Array): string;
  /** What is left when no more bytes come. */
  end(): string;
}

export function utf8Reader(): Utf8Reader {
  let rest: Uint8Array = NO_BYTES;
  return {
    read(bytes) {
      const all = rest.length === 0 ? bytes : joined(rest, bytes);
      const end = all.length - openLength(all);
      rest = all.slice(end);
      return textOf(all.subarray(0, end));
    },
    end() {
      const text = textOf(rest);
      rest = NO_BYTES;
      return text;
    },
  };
}

const NO_BYTES = new Uint8Array();

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

/** How many bytes at the end begin a character that needs more of them. */
function openLength(bytes: Uint8Array): number {
  for (let length = 1; length <= 3; length++) {
    const byte = bytes.at(-length);
    if (byte === undefined || byte < 0x80) return 0;
    // A byte that begins a character says by its upper bits how many there are.
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > length ? length : 0;
  }
  return 0;
}

/** One character, or one byte that is none, after the other, as UTF-16. */
function pieceByPiece(bytes: Uint8Array): string {
  const units = new Uint16Array(bytes.length);
  let count = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = lengthOfCharacter(bytes, at);
    const point = length === 0 ? REPLACEMENT : codePoint(bytes, at, length);
    if (point > 0xffff) units[count++] = 0xd800 + ((point - 0x10000) >> 10);
    units[count++] = point > 0xffff ? 0xdc00 + ((point - 0x10000) & 0x3ff) : point;
    at += Math.max(length, 1);
  }
  const decoder = new TextDecoder("utf-16le", { ignoreBOM: true });
  return decoder.decode(units.subarray(0, count));
}

/** The character that these bytes are. */
function codePoint(bytes: Uint8Array, at: number, length: number): number {
  const first = bytes[at] ?? 0;
  let point = length === 1 ? first : first & (0x7f >> length);
  for (let next = 1; next < length; next++) point = (point << 6) | ((bytes[at + next] ?? 0) & 0x3f);
  return point;
}

/** How many bytes the character that begins here has, or 0 where none begins. */
function lengthOfCharacter(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const second = bytes[at + 1] ?? 0;
  if (first >= 0xc2 && first <= 0xdf) return isNext(second) ? 2 : 0;
  const third = bytes[at + 2] ?? 0;
  if (first >= 0xe0 && first <= 0xef) {
    // Neither longer than needed nor a half of a surrogate pair.
    const isRight = (first !== 0xe0 || second >= 0xa0) && (first !== 0xed || second <= 0x9f);
    return isRight && isNext(second) && isNext(third) ? 3 : 0;
  }
  if (first < 0xf0 || first > 0xf4) return 0;
  const isRight = (first !== 0xf0 || second >= 0x90) && (first !== 0xf4 || second <= 0x8f);
  const fourth = bytes[at + 3] ?? 0;
  return isRight && isNext(second) && isNext(third) && isNext(fourth) ? 4 : 0;
}

/** Whether a byte goes on with a character. */
function isNext(byte: number): boolean {
  return byte >= 0x80 && byte <= 0xbf;
}
