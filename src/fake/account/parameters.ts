import { inMessage } from "../../domain/in-message.ts";
import { checkOptions, type OptionTable } from "../../domain/options.ts";
import type { EpochMs } from "../../time/clock.ts";
import type { SsmParameter } from "../documents/ssm-references.ts";
import type { NodeEvents } from "./node.ts";

/**
 * The Parameter Store of the fake: what `{{ ssm:name }}` and `{{ ssm:name:version }}` stand for in documents and in the
 * parameters of a request, and what GetParameter and GetParameters return.
 *
 * @example
 * ```ts
 * fake.parameters.set("/app/version", "1.4.2");
 * fake.parameters.set("/app/hosts", ["a", "b"]); // a StringList
 * fake.parameters.set("/app/token", "s3cr3t", { secure: true }); // a SecureString, which commands cannot use
 * ```
 */
export interface FakeParameters {
  /**
   * Makes a parameter, or a new version of one that exists. What a command refers to is read when it is sent.
   *
   * @param name - Letters, digits and `_`, `.`, `-`, `/`.
   * @param value - A string for a String, a list of strings for a StringList.
   * @param options - `secure`: makes it a SecureString. SendCommand accepts a reference to it, and the agent fails the whole
   *   document: `Parameters [NAME] of type SecureString are not supported` in `TraceOutput` [agent-parameter-store].
   * @throws TypeError for a name that no reference could mean, a value of another type, or an option that does not exist.
   */
  set(name: string, value: string | readonly string[], options?: ParameterOptions): void;
  /**
   * The value of a parameter, if there is one.
   *
   * @param name - Its name, or `name:1` for its first version, `name:2` for the second, and so on.
   */
  get(name: string): string | readonly string[] | undefined;
}

/**
 * What kind of parameter it is.
 *
 * @inline
 */
export type ParameterOptions = {
  /** Whether it is a SecureString. @default false */
  readonly secure?: boolean | undefined;
};

/** The options of `fake.parameters.set()`. */
export const PARAMETER_OPTIONS = {
  secure: "a boolean",
} as const satisfies OptionTable<ParameterOptions>;

/** One version of a parameter. */
export interface ParameterVersion extends SsmParameter {
  readonly name: string;
  /** Counted from 1. */
  readonly version: number;
  readonly setAt: EpochMs;
}

/** The Parameter Store as the account keeps it. */
export class ParameterStore implements FakeParameters {
  /** All versions of each parameter, the first one first. */
  readonly #versions = new Map<string, readonly ParameterVersion[]>();
  readonly #events: Pick<NodeEvents, "now" | "beforeChange">;

  constructor(events: Pick<NodeEvents, "now" | "beforeChange">) {
    this.#events = events;
  }

  set(name: string, value: string | readonly string[], options: ParameterOptions = {}): void {
    checkParameter(name, value);
    checkOptions(options, PARAMETER_OPTIONS, "fake.parameters.set()");
    const { secure = false } = options;
    this.#events.beforeChange();
    const plain = typeof value === "string" ? "String" : "StringList";
    const type: SsmParameter["type"] = secure ? "SecureString" : plain;
    const older = this.#versions.get(name) ?? [];
    const newest = {
      name,
      type,
      value: [value].flat().join(","),
      version: older.length + 1,
      setAt: this.#events.now(),
    };
    this.#versions.set(name, [...older, newest]);
  }

  get(name: string): string | readonly string[] | undefined {
    const found = this.find(name);
    return found?.type === "StringList" ? found.value.split(",") : found?.value;
  }

  /** The parameter that a reference means: its newest version, or the one that it names. */
  find(reference: string): ParameterVersion | undefined {
    const [, name = reference, version] = /^(.*):(\d+)$/.exec(reference) ?? [];
    const versions = this.#versions.get(name);
    return version === undefined ? versions?.at(-1) : versions?.[Number(version) - 1];
  }

  clear(): void {
    this.#versions.clear();
  }
}

/** Letters, digits and `_.-/`: what a reference may name, but for the colon before a version [agent-parameter-store]. */
const NAME = /^[\w./-]+$/;

/** JavaScript callers may give anything. */
function checkParameter(name: unknown, value: unknown): void {
  if (typeof name !== "string" || !NAME.test(name)) {
    throw new TypeError(
      `The name of the parameter is ${inMessage(name)}. Write letters, digits, "_", ".", "-" and "/", such as "/app/version".`,
    );
  }
  const isText = [value].flat().every((item) => typeof item === "string");
  if (isText) return;
  throw new TypeError(`The value of the parameter ${name} is no string and no list of strings.`);
}
