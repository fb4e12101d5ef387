/** The message of what an assertion throws. */
export function saidBy(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("The assertion held.");
}
