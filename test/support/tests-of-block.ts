import * as vitest from "vitest";

type Run = () => unknown;

/** The tests that a block declares, to be run within the one that runs the block. */
export class TestsOfBlock {
  readonly #runs: Readonly<Record<string, Run[]>> = {
    test: [],
    beforeAll: [],
    beforeEach: [],
    afterEach: [],
    afterAll: [],
  };

  /** What a block that imports from `"vitest"` gets. */
  vitest(): object {
    const test = (_name: string, run: Run) => this.#of("test").push(run);
    const describe = (_name: string, declare: Run) => declare();
    const hooks = ["beforeAll", "beforeEach", "afterEach", "afterAll"].map((name) => [
      name,
      (run: Run) => this.#of(name).push(run),
    ]);
    return { ...vitest, ...Object.fromEntries(hooks), test, it: test, describe };
  }

  /** Runs them in their order. */
  async run(): Promise<void> {
    await inOrder(this.#of("beforeAll"));
    for (const test of this.#of("test")) {
      await inOrder([...this.#of("beforeEach"), test, ...this.#of("afterEach")]);
    }
    await inOrder(this.#of("afterAll"));
  }

  #of(name: string): Run[] {
    return this.#runs[name] ?? [];
  }
}

async function inOrder(runs: readonly Run[]): Promise<void> {
  for (const run of runs) await run();
}
