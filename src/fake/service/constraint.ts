/** What the service demands of one value of a request. */
export type Constraint =
  | {
      readonly type: "string";
      readonly min?: number;
      readonly max?: number;
      readonly pattern?: string;
      readonly oneOf?: readonly string[];
    }
  | {
      readonly type: "integer";
      readonly min?: number;
      readonly max?: number;
      /** Whether a refusal shows the value; recorded so for TimeoutSeconds alone. */
      readonly shown?: true;
    }
  | { readonly type: "boolean" }
  | {
      readonly type: "list";
      readonly min?: number;
      readonly max?: number;
      readonly of: Constraint;
    }
  | { readonly type: "map"; readonly of: Constraint }
  | { readonly type: "structure"; readonly members: Members };

export type Members = Readonly<Record<string, Constraint & { readonly required?: true }>>;
