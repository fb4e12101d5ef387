/**
 * An IAM policy document, as a plain object: `JSON.stringify` makes the document of it.
 *
 * @example
 * ```ts
 * const policy: IamPolicy = callerPolicy({ calls: ["ListCommands"] });
 * policy.Statement; //=> [{ Effect: "Allow", Action: ["ssm:ListCommands"], Resource: "*" }]
 * ```
 */
export interface IamPolicy {
  /** The version of IAM's language. */
  readonly Version: "2012-10-17";
  /** What the policy allows. */
  readonly Statement: readonly IamStatement[];
}

/**
 * What a policy allows.
 *
 * @inline
 */
export type IamStatement = {
  /** The actions are allowed. */
  readonly Effect: "Allow";
  /** The IAM actions. */
  readonly Action: readonly string[];
  /** What the actions may be done to: ARNs, or everything. */
  readonly Resource: "*" | readonly string[];
  /** What must be true besides: by operator and key, one of the values. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
};
