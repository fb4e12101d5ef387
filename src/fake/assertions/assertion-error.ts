/**
 * The error of an assertion that failed. Vitest, Jest and node:test print it like their own.
 *
 * @example
 * ```ts
 * await deploy(fake);
 * try {
 *   assertReached(fake, "Cancelled");
 * } catch (error) {
 *   if (error instanceof AssertionError) error.actual; //=> ["i-0123456789abcdef0 is Success"]
 * }
 * ```
 */
export class AssertionError extends Error {
  /** Always `"AssertionError"`. */
  override readonly name = "AssertionError";
  /** What was found. */
  readonly actual: unknown;
  /** What was expected. */
  readonly expected: unknown;
  /** False: the message is not made by a runner, and is always to be shown. */
  readonly generatedMessage = false;

  /**
   * For assertions of your own about a fake, printed like those of this package.
   *
   * @param message - What was expected, and what was found instead.
   * @param values - `actual` and `expected`, as runners compare them.
   */
  constructor(
    message: string,
    {
      actual,
      expected,
    }: {
      /** What was found. */
      readonly actual: unknown;
      /** What was expected. */
      readonly expected: unknown;
    },
  ) {
    super(message);
    this.actual = actual;
    this.expected = expected;
  }
}
