/**
 * What fakes on one clock have asked code of a test to do: behaviors and handlers that have not come to their end. A call that
 * is made meanwhile may come from inside one of them, and time that it took would be time for which that code waits.
 */
export class CodeUnderWay {
  readonly #all = new Set<symbol>();
  readonly #beforeHold = new Set<() => void>();

  /** Whether any is under way. */
  get isThere(): boolean {
    return this.#all.size > 0;
  }

  /**
   * Takes note that such code begins. Returns what ends that.
   *
   * @param holdsTime - Whether time stands still until it ends: what must not wait for that is told.
   */
  begin({ holdsTime }: { readonly holdsTime: boolean }): () => void {
    const code = Symbol("code of a test");
    this.#all.add(code);
    if (holdsTime) for (const letGo of [...this.#beforeHold]) letGo();
    return () => void this.#all.delete(code);
  }

  /** Calls back whenever code begins that holds time still. Returns what ends that. */
  whenHeld(letGo: () => void): () => void {
    this.#beforeHold.add(letGo);
    return () => void this.#beforeHold.delete(letGo);
  }

  /** Forgets all of it. */
  clear(): void {
    this.#all.clear();
  }
}
