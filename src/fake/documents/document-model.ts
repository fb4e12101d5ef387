/** The operating systems of nodes, as the service names them. */
export type Platform = "Linux" | "Windows" | "MacOS";

/** What a document declares of a parameter. */
export interface ParameterSpec {
  readonly type: "String" | "StringList";
  readonly default?: string | readonly string[];
  readonly allowedValues?: readonly string[];
  readonly allowedPattern?: string;
  readonly minItems?: number;
  readonly maxChars?: number;
}

/** The inputs of a plugin. Texts in it may hold `{{ parameter }}`. */
export type PluginInputs = Readonly<Record<string, unknown>>;

/** A step of a document, whatever its schema. */
export interface Step {
  /** What an invocation reports for it: the action for schema 1.2, the step's name for 2.x (agent's source, recorded). */
  readonly name: string;
  readonly action: string;
  readonly inputs: PluginInputs;
  /** The folder of its output in S3, below the node's: plugin and step without colons (agent's source; recorded for 1.2). */
  readonly outputFolder: string;
}

/** A document of any schema: what it takes, and what it does in which order. */
export interface DocumentModel {
  readonly name: string;
  readonly platforms: readonly Platform[];
  readonly parameters: Readonly<Record<string, ParameterSpec>>;
  readonly steps: readonly Step[];
}
