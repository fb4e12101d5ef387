/** What all constraints may say. */
interface Shown {
  /** Whether a refusal leaves out the value, and all that is in it. */
  readonly hidden?: true;
}

/** What a service demands of a string. */
export interface StringConstraint extends Shown {
  readonly type: "string";
  /** The least length; `max` is the greatest. */
  readonly min?: number;
  readonly max?: number;
  /** As [api-ssm-model] and [logs-service-model] print it; the whole string has to match. */
  readonly pattern?: string;
  readonly oneOf?: readonly string[];
}

/** What a service demands of a whole number; the two types differ in their name only. */
export interface NumberConstraint extends Shown {
  readonly type: "integer" | "long";
  readonly min?: number;
  readonly max?: number;
  readonly oneOf?: readonly number[];
}

/** What a service demands of a boolean: its type alone. */
export interface BooleanConstraint extends Shown {
  readonly type: "boolean";
}

/** What a service demands of a list, and of each of its elements. */
export interface ListConstraint<Of = Constraint> extends Shown {
  readonly type: "list";
  /** The least length; `max` is the greatest. */
  readonly min?: number;
  readonly max?: number;
  readonly of: Of;
}

/** What a service demands of each value of a map; its keys are free. */
export interface MapConstraint<Of = Constraint> extends Shown {
  readonly type: "map";
  readonly of: Of;
}

/** What a service demands of each member of a structure. */
export interface StructureConstraint<M = Members> extends Shown {
  readonly type: "structure";
  /** The name of its class, which a refusal shows. @default none */
  readonly name?: string;
  readonly members: M;
}

/** What a service demands of one value of a request. */
export type Constraint =
  | StringConstraint
  | NumberConstraint
  | BooleanConstraint
  | ListConstraint
  | MapConstraint
  | StructureConstraint;

/** The members of a request, or of a structure in it, by name. */
export type Members = Readonly<Record<string, Constraint & { readonly required?: true }>>;

/**
 * The table that belongs to an SDK's type of a request: a row for every member, of its kind, and required where the type
 * requires the member. So a new SDK with a new member does not compile until the table has its row.
 */
export type MembersOf<Request> = {
  readonly [K in keyof Request]-?: ConstraintOf<NonNullable<Request[K]>> &
    (IsOptional<Request, K> extends true
      ? { readonly required?: never }
      : { readonly required: true });
};

/** A request that fulfils its table: required members are present. */
export type CheckedRequest<Request> = {
  readonly [K in keyof Request]: IsOptional<Request, K> extends true
    ? Request[K]
    : NonNullable<Request[K]>;
};

type ConstraintOf<T> = [T] extends [string]
  ? StringConstraint
  : [T] extends [number]
    ? NumberConstraint
    : [T] extends [boolean]
      ? BooleanConstraint
      : [T] extends [readonly (infer Element)[]]
        ? ListConstraint<ConstraintOf<Element>>
        : string extends keyof T
          ? MapConstraint<ConstraintOf<T[string & keyof T]>>
          : StructureConstraint<MembersOf<T>>;

type IsOptional<T, K extends keyof T> = Record<never, never> extends Pick<T, K> ? true : false;
