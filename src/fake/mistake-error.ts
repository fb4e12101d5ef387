/** The member by which a mistake of the test is told from what its code throws. */
const IS_MISTAKE: unique symbol = Symbol("mistake");

/** The error of a mistake of the test that shows only when a command runs. */
export function mistakeError(message: string): TypeError {
  return Object.defineProperty(new TypeError(message), IS_MISTAKE, { value: true });
}

/** Whether an error is one of these. */
export function isMistakeError(error: unknown): error is TypeError {
  return error instanceof TypeError && IS_MISTAKE in error;
}
