/**
 * The MD5 digest in hexadecimal, after RFC 1321: the ETag of an object that was uploaded in one piece [api-s3-object]. It
 * protects nothing. (Web Crypto has no MD5, and this has to run where Node's modules are not.)
 */
export function md5(bytes: Uint8Array): string {
  const words = padded(bytes);
  const sums = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  for (let block = 0; block < words.length; block += 16) addBlock(sums, { words, block });
  const digest = new DataView(new ArrayBuffer(16));
  for (const [index, word] of sums.entries()) digest.setInt32(index * 4, word, true);
  return Array.from(new Uint8Array(digest.buffer), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

/** By how many bits a step turns its sum: four counts to a round. */
const TURNS = Int32Array.of(7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21);

const SINES = Int32Array.from({ length: 64 }, (_, step) =>
  Math.trunc(Math.abs(Math.sin(step + 1)) * 2 ** 32),
);

/** Adds a block of 16 words to the four sums. */
function addBlock(
  sums: Int32Array,
  { words, block }: { readonly words: Int32Array; readonly block: number },
): void {
  let [a = 0, b = 0, c = 0, d = 0] = sums;
  for (let step = 0; step < 64; step++) {
    let mixed: number;
    let word: number;
    if (step < 16) {
      mixed = (b & c) | (~b & d);
      word = step;
    } else if (step < 32) {
      mixed = (b & d) | (c & ~d);
      word = (5 * step + 1) & 15;
    } else if (step < 48) {
      mixed = b ^ c ^ d;
      word = (3 * step + 5) & 15;
    } else {
      mixed = c ^ (b | ~d);
      word = (7 * step) & 15;
    }
    const sum = (a + mixed + (SINES[step] ?? 0) + (words[block + word] ?? 0)) | 0;
    const turn = TURNS[((step >> 4) << 2) | (step & 3)] ?? 0;
    a = d;
    d = c;
    c = b;
    b = (b + ((sum << turn) | (sum >>> (32 - turn)))) | 0;
  }
  for (const [index, word] of [a, b, c, d].entries()) sums[index] = (sums[index] ?? 0) + word;
}

/** The message with its padding and its length in bits, as 32-bit words with the low byte first. */
function padded(bytes: Uint8Array): Int32Array {
  const blocks = Math.ceil((bytes.byteLength + 9) / 64);
  const view = new DataView(new ArrayBuffer(blocks * 64));
  new Uint8Array(view.buffer).set(bytes);
  view.setUint8(bytes.byteLength, 0x80);
  view.setBigUint64(blocks * 64 - 8, BigInt(bytes.byteLength) * 8n, true);
  const words = new Int32Array(blocks * 16);
  for (let index = 0; index < words.length; index++) words[index] = view.getInt32(index * 4, true);
  return words;
}
