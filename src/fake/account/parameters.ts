/**
 * The Parameter Store of the fake: what `{{ ssm:name }}` stands for in documents and in the parameters of a request.
 *
 * @example
 * ```ts
 * fake.parameters.set("/app/version", "1.4.2");
 * fake.parameters.set("/app/hosts", ["a", "b"]); // a StringList
 * ```
 */
export interface FakeParameters {
  /** Makes a parameter, a String or a StringList, or changes its value. */
  set(name: string, value: string | readonly string[]): void;
  /** The value of a parameter, if there is one. */
  get(name: string): string | readonly string[] | undefined;
}

/** The Parameter Store as the account keeps it. */
export class ParameterStore implements FakeParameters {
  readonly #values = new Map<string, string | readonly string[]>();
  readonly #beforeChange: () => void;

  constructor(beforeChange: () => void) {
    this.#beforeChange = beforeChange;
  }

  set(name: string, value: string | readonly string[]): void {
    this.#beforeChange();
    this.#values.set(name, typeof value === "string" ? value : [...value]);
  }

  get(name: string): string | readonly string[] | undefined {
    return this.#values.get(name);
  }

  clear(): void {
    this.#values.clear();
  }
}
