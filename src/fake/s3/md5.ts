/**
 * The MD5 digest in hexadecimal, after RFC 1321: the ETag of an object that was uploaded in one piece [api-s3-object]. It
 * protects nothing. (Web Crypto has no MD5, and this has to run where Node's modules are not.)
 */
export function md5(bytes: Uint8Array): string {
  const words = padded(bytes);
  let [a, b, c, d] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let block = 0; block < words.length; block += 16) {
    const before = [a, b, c, d] as const;
    for (let step = 0; step < 64; step++) {
      const round = step >> 4;
      const mixed = mix(round, [b, c, d]) + a + (SINES[step] ?? 0);
      const word = words[block + wordOf(round, step)] ?? 0;
      const turn = TURNS[round]?.[step & 3] ?? 0;
      const sum = (mixed + word) | 0;
      [a, d, c, b] = [d, c, b, (b + ((sum << turn) | (sum >>> (32 - turn)))) | 0];
    }
    a = (a + before[0]) | 0;
    b = (b + before[1]) | 0;
    c = (c + before[2]) | 0;
    d = (d + before[3]) | 0;
  }
  const digest = new DataView(new ArrayBuffer(16));
  for (const [index, word] of [a, b, c, d].entries()) digest.setInt32(index * 4, word, true);
  return Array.from(new Uint8Array(digest.buffer), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

/** By how many bits a step turns its sum, by round. */
const TURNS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const;

const SINES = Array.from({ length: 64 }, (_, step) =>
  Math.trunc(Math.abs(Math.sin(step + 1)) * 2 ** 32),
);

/** The message with its padding and its length in bits, as 32-bit words with the low byte first. */
function padded(bytes: Uint8Array): Int32Array {
  const blocks = Math.ceil((bytes.byteLength + 9) / 64);
  const view = new DataView(new ArrayBuffer(blocks * 64));
  new Uint8Array(view.buffer).set(bytes);
  view.setUint8(bytes.byteLength, 0x80);
  view.setBigUint64(blocks * 64 - 8, BigInt(bytes.byteLength) * 8n, true);
  return Int32Array.from({ length: blocks * 16 }, (_, index) => view.getInt32(index * 4, true));
}

function mix(round: number, [b, c, d]: readonly [b: number, c: number, d: number]): number {
  if (round === 0) return (b & c) | (~b & d);
  if (round === 1) return (b & d) | (c & ~d);
  return round === 2 ? b ^ c ^ d : c ^ (b | ~d);
}

/** Which word of its block a step takes. */
function wordOf(round: number, step: number): number {
  if (round === 0) return step;
  if (round === 1) return (5 * step + 1) & 15;
  return round === 2 ? (3 * step + 5) & 15 : (7 * step) & 15;
}
