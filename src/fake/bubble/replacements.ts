import { REAL } from "../../time/clock.ts";

/** A function, or a class, of the realm. */
export type Replaced = (...args: unknown[]) => unknown;

/** Members of the realm that stand-ins replace for a while. */
export class Replacements {
  readonly #undo: (() => void)[] = [];
  readonly #made = new Map<unknown, object>();

  /**
   * Replaces a function. Where the same function stands in two places, both get the same stand-in, which keeps the real one
   * for other copies of this package.
   */
  replaceFunction(target: object, key: PropertyKey, make: (previous: Replaced) => Replaced): void {
    const previous: unknown = Reflect.get(target, key);
    if (typeof previous !== "function") return;
    // A function takes what it is given; what each takes is the matter of its stand-in.
    const standIn = this.#made.get(previous) ?? make(previous as Replaced);
    if (!this.#made.has(previous)) {
      const real: unknown = Reflect.get(previous, REAL);
      Object.defineProperty(standIn, REAL, { value: real ?? previous });
      Object.defineProperty(standIn, "name", { configurable: true, value: previous.name });
      this.#made.set(previous, standIn);
    }
    this.replace(target, key, standIn);
  }

  /** Replaces a member by another value. */
  replace(target: object, key: PropertyKey, value: unknown): void {
    const before = Object.getOwnPropertyDescriptor(target, key);
    const enumerable = before?.enumerable ?? false;
    const during = { value, writable: true, configurable: true, enumerable };
    // Some runtimes do not let these be changed.
    if (!Reflect.defineProperty(target, key, during)) return;
    this.#undo.push(() => {
      // What somebody has put there since is theirs.
      if (Object.getOwnPropertyDescriptor(target, key)?.value !== value) return;
      if (before === undefined) Reflect.deleteProperty(target, key);
      else Reflect.defineProperty(target, key, before);
    });
  }

  /** Has something done at the end. */
  atEnd(undo: () => void): void {
    this.#undo.push(undo);
  }

  /** Puts everything back, the last first. */
  undo(): void {
    for (const each of this.#undo.splice(0).reverse()) each();
  }
}
