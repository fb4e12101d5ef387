/** Random numbers from a seed: the same seed gives the same sequence in every version of this package. */
export type Random = () => number;

/**
 * Random numbers of at least 0 and below 1 from a 32-bit seed: sfc32, its state filled by splitmix32. It is implemented
 * here, since the sequence must be the same in all runs of a test.
 */
export function seededRandom(seed: number): Random {
  let filler = seed | 0;
  const fill = () => {
    filler = (filler + 0x9e3779b9) | 0;
    let mixed = filler ^ (filler >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
  let [a, b, c, counter] = [fill(), fill(), fill(), 1];
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
}

/** The seed of a string: its FNV-1a hash of 32 bits. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** An id in the form of a random UUID, in lower case, as the service makes them. */
export function randomUuid(random: Random): string {
  const variant = "89ab"[Math.floor(random() * 4)];
  const digits = hexDigits(30, random);
  const [low, mid, high] = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 15)];
  return `${low}-${mid}-4${high}-${variant}${digits.slice(15, 18)}-${digits.slice(18)}`;
}

function hexDigits(count: number, random: Random): string {
  let digits = "";
  for (let left = count; left > 0; left--) digits += Math.floor(random() * 16).toString(16);
  return digits;
}
