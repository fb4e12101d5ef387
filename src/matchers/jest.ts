// The entry point "ssm-run-command/jest": importing it gives Jest's `expect` the matchers.
import { expect } from "@jest/globals";
import type { FakeMatchers } from "./fake-matchers.ts";
import { MATCHERS } from "./matchers.ts";

// Before Jest's framework is there, its types say nothing of that.
if ((expect as unknown) === undefined) {
  throw new Error(
    'ssm-run-command/jest was loaded before Jest has its expect(). Name it in "setupFilesAfterEnv", not in "setupFiles".',
  );
}
expect.extend(MATCHERS);

/** What a matcher is asked about: after `.resolves`, what the promise resolves with. */
type GivenTo<Result, Given> = Result extends Promise<void> ? Awaited<Given> : Given;

// `expect` of "@jest/globals".
declare module "expect" {
  interface Matchers<R extends void | Promise<void>, T> extends FakeMatchers<R, GivenTo<R, T>> {}
}

// The global one, whose types are those of @types/jest.
declare global {
  // biome-ignore lint/style/noNamespace: it has the name that the types of Jest gave it.
  namespace jest {
    interface Matchers<R, T> extends FakeMatchers<R, GivenTo<R, T>> {}
  }
}
