import { REGION_NAME } from "../domain/patterns.ts";

/** How the value of an option is read. */
export interface Reader<T> {
  /** The values that are allowed, in words, for the error about any other. */
  readonly allowed: string;
  /** The value, or undefined if what is written is not allowed. */
  readonly read: (written: string) => T | undefined;
}

export const TEXT: Reader<string> = { allowed: "any text", read: (written) => written };

export const PORT: Reader<number> = {
  allowed: "0 to 65535; 0 has a free one picked",
  read(written) {
    const port = Number(written);
    return /^\d{1,5}$/.test(written) && port <= 65_535 ? port : undefined;
  },
};

export const TIME_SCALE: Reader<number> = {
  allowed: "a number above 0, such as 60",
  read(written) {
    const scale = Number(written);
    return written.trim() !== "" && scale > 0 && Number.isFinite(scale) ? scale : undefined;
  },
};

export const REGION: Reader<string> = {
  allowed: "the name of a region, such as us-east-1",
  read: (written) => (REGION_NAME.test(written) ? written : undefined),
};

/** A reader that takes only these words. */
export function oneOf<W extends string>(...words: readonly W[]): Reader<W> {
  return {
    allowed: words.join(", "),
    read: (written) => words.find((word) => word === written),
  };
}
