/**
 * The operating systems of nodes, as the service names them.
 *
 * @example
 * ```ts
 * const platform: Platform = "Windows";
 * const fake = new FakeSsm({ nodes: [{ platform, tags: { Role: "web" } }] });
 * (await deploy(fake)).invocations[0]?.kind; //=> "invalidPlatform"
 * // AWS-RunShellScript is not for Windows
 * ```
 */
export type Platform = "Linux" | "Windows" | "MacOS";

/** All of them, in the order in which messages list them. */
export const PLATFORMS: readonly Platform[] = ["Linux", "Windows", "MacOS"];

/** What a Command document may declare a parameter to be. Requests supply each as a list of strings. */
export type ParameterType =
  | "String"
  | "StringList"
  | "Boolean"
  | "Integer"
  | "StringMap"
  | "MapList";

/** What a document declares of a parameter. */
export interface ParameterSpec {
  readonly type: ParameterType;
  /** The value when a request leaves the parameter out; a parameter without a default is required. */
  readonly default?: unknown;
  readonly allowedValues?: readonly string[];
  readonly allowedPattern?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minChars?: number;
  readonly maxChars?: number;
  /** Whether scripts find the value in an environment variable as well [guide-document-syntax]. */
  readonly isVariable?: true;
}

export type SchemaVersion = "1.2" | "2.0" | "2.2";

/** The inputs of a plugin. Strings in them may hold `{{ parameter }}`. */
export type PluginInputs = Readonly<Record<string, unknown>>;

/** A condition of a step: an operator and its operands. */
export interface Precondition {
  readonly operator: string;
  readonly operands: readonly string[];
}

/** A step of a document, whatever its schema. */
export interface Step {
  /**
   * What an invocation reports for it: the action for schema 1.2, the step's name for 2.x [agent-doc-parser]
   * [rec-2026-09-27-managed-execution].
   */
  readonly name: string;
  readonly action: string;
  /**
   * What the plugin is given, as it is written: the properties of schema 1.2, the inputs of 2.x. An object is one process,
   * a list one for each of its entries [agent-run-plugins].
   */
  readonly properties: unknown;
  /** The folder of its output in S3, below the node's. */
  readonly outputFolder: string;
  readonly preconditions: readonly Precondition[];
}

/** A document of any schema: what it takes, and what it does in which order. */
export interface DocumentModel {
  readonly schemaVersion: SchemaVersion;
  readonly platforms: readonly Platform[];
  readonly parameters: Readonly<Record<string, ParameterSpec>>;
  readonly steps: readonly Step[];
}
