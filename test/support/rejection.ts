/** What a promise is rejected with. Throws when the promise is fulfilled instead. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  const answer = await promise.then(
    (value) => ({ value }),
    (reason: unknown) => ({ reason }),
  );
  if ("reason" in answer) return answer.reason;
  throw new Error(`Nothing was rejected; the answer was ${JSON.stringify(answer.value)}.`);
}

/** Name and message of the error that a promise is rejected with. */
export async function refusalOf(
  promise: Promise<unknown>,
): Promise<{ readonly name: string; readonly message: string }> {
  const reason = await rejectionOf(promise);
  if (!(reason instanceof Error)) throw new Error(`${String(reason)} is not an Error.`);
  return { name: reason.name, message: reason.message };
}
