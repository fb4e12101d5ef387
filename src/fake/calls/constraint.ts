/** What a service demands of a string. */
export interface StringConstraint {
  readonly type: "string";
  /** Of its length, as is `max`. */
  readonly min?: number;
  readonly max?: number;
  /** As it is printed in AWS's model; the whole string has to match. */
  readonly pattern?: string;
  readonly oneOf?: readonly string[];
}

/** What a service demands of a whole number; the two types differ in their name only. */
export interface NumberConstraint {
  readonly type: "integer" | "long";
  readonly min?: number;
  readonly max?: number;
  readonly oneOf?: readonly number[];
  /** Whether Systems Manager shows the value in a refusal; recorded so for TimeoutSeconds alone. */
  readonly shown?: true;
}

/** A value of two. */
export interface BooleanConstraint {
  readonly type: "boolean";
}

/** What a service demands of a list, and of each of its elements. */
export interface ListConstraint<Of = Constraint> {
  readonly type: "list";
  /** Of its length, as is `max`. */
  readonly min?: number;
  readonly max?: number;
  readonly of: Of;
}

/** What a service demands of each value of a map; its keys are free. */
export interface MapConstraint<Of = Constraint> {
  readonly type: "map";
  readonly of: Of;
}

/** What a service demands of each member of a structure. */
export interface StructureConstraint<M = Members> {
  readonly type: "structure";
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
 * The table that an SDK's type of a request asks for: every member that it has, of its kind, and required where it cannot be
 * left out. So a member that a new SDK brings does not compile before the table has it.
 */
export type MembersOf<Request> = {
  readonly [K in keyof Request]-?: ConstraintOf<NonNullable<Request[K]>> &
    (IsOptional<Request, K> extends true
      ? { readonly required?: never }
      : { readonly required: true });
};

/** A request that keeps the constraints of its table: what is required is there. */
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
