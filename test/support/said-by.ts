/** What an assertion throws. */
export function thrownBy(assertion: () => void): unknown {
  try {
    assertion();
  } catch (error) {
    return error;
  }
  throw new Error("The assertion held.");
}

/** The message of what an assertion throws. */
export function saidBy(assertion: () => void): string {
  const error = thrownBy(assertion);
  return error instanceof Error ? error.message : String(error);
}
