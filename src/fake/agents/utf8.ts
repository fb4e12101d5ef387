const REPLACEMENT = "\uFFFD";

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

function pieceByPiece(bytes: Uint8Array): string {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = lengthOfCharacter(bytes, at);
    pieces.push(length === 0 ? REPLACEMENT : decoder.decode(bytes.subarray(at, at + length)));
    at += Math.max(length, 1);
  }
  return pieces.join("");
}

/** How many bytes the character that begins here has, or 0 where none begins. */
function lengthOfCharacter(bytes: Uint8Array, at: number): number {
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes.subarray(at, at + 4);
  const isNext = (byte: number) => byte >= 0x80 && byte <= 0xbf;
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return isNext(second) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    // Neither longer than needed nor a half of a surrogate pair.
    const isRight = (first !== 0xe0 || second >= 0xa0) && (first !== 0xed || second <= 0x9f);
    return isRight && isNext(second) && isNext(third) ? 3 : 0;
  }
  if (first < 0xf0 || first > 0xf4) return 0;
  const isRight = (first !== 0xf0 || second >= 0x90) && (first !== 0xf4 || second <= 0x8f);
  return isRight && isNext(second) && isNext(third) && isNext(fourth) ? 4 : 0;
}
