import { mockClient } from "aws-sdk-client-mock";
import { assertNoUnusedTrouble, FakeSsm, type FakeSsmOptions } from "ssm-run-command/fake";
import "ssm-run-command/vitest"; // gives `expect` the matchers
import * as vitest from "vitest";

type Run = () => unknown;
/** A test of the fixture, which is given a fake. */
type RunWithFake = (context: { readonly fake: FakeSsm; readonly expect: unknown }) => unknown;

/** The tests that a block declares, to be run within the one that runs the block. */
export class TestsOfBlock {
  readonly #runs: Readonly<Record<string, Run[]>> = {
    test: [],
    beforeAll: [],
    beforeEach: [],
    afterEach: [],
    afterAll: [],
  };

  readonly #restores: Run[] = [];

  /** What a block gets that imports what registers tests or mocks, which are to end with the block. */
  moduleOf(name: string): object | undefined {
    if (name === "vitest") return this.#vitest();
    if (name === "ssm-run-command/vitest") return this.#fixture();
    if (name === "aws-sdk-client-mock") return { mockClient: this.#mockClient };
    return undefined;
  }

  /** Restores what the block has mocked. */
  restore(): void {
    for (const restore of this.#restores) restore();
  }

  #vitest(): object {
    const test = (_name: string, run: Run) => this.#of("test").push(run);
    const describe = (_name: string, declare: Run) => declare();
    const hooks = ["beforeAll", "beforeEach", "afterEach", "afterAll"].map((name) => [
      name,
      (run: Run) => this.#of(name).push(run),
    ]);
    return { ...vitest, ...Object.fromEntries(hooks), test, it: test, describe };
  }

  /** The fixture, for tests within a test. */
  #fixture(): object {
    const testWithFake =
      (options: FakeSsmOptions = {}) =>
      (_name: string, run: RunWithFake) =>
        this.#of("test").push(async () => {
          const fake = new FakeSsm(options);
          await run({ fake, expect: vitest.expect });
          assertNoUnusedTrouble(fake);
        });
    return { test: testWithFake(), testWithFake };
  }

  readonly #mockClient: typeof mockClient = (...given) => {
    const mock = mockClient(...given);
    this.#restores.push(() => mock.restore());
    return mock;
  };

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
