import { inMessage } from "../../domain/in-message.ts";
import { checkOptions, type OptionTable } from "../../domain/options.ts";

/**
 * The nodes of a resource group, or `denied` if the caller may not list them.
 *
 * @inline
 */
export type ResourceGroup =
  | {
      /** The ids of its nodes. */
      readonly instanceIds: readonly string[];
    }
  | "denied";

/** The members of a group. */
export const GROUP_OPTIONS = { instanceIds: "a list" } as const satisfies OptionTable<
  Exclude<ResourceGroup, string>
>;

/**
 * The resource groups that targets can name (`resource-groups:Name`). A group that does not exist is treated like one
 * without nodes: the command succeeds without doing anything [rec-2026-10-01-resource-groups].
 *
 * @example
 * ```ts
 * fake.groups.set("web-servers", { instanceIds: [node.instanceId] });
 * fake.groups.set("secret", "denied"); // commands to it end as Failed / AccessDenied
 * ```
 */
export interface FakeGroups {
  /**
   * Makes a group, or replaces what it holds.
   *
   * @throws TypeError for what is no group.
   */
  set(name: string, group: ResourceGroup): void;
  /** The group with this name, if there is one. */
  get(name: string): ResourceGroup | undefined;
}

/** The resource groups as the account keeps them. */
export class Groups implements FakeGroups {
  readonly #groups = new Map<string, ResourceGroup>();
  readonly #beforeChange: () => void;

  constructor(beforeChange: () => void) {
    this.#beforeChange = beforeChange;
  }

  set(name: string, group: ResourceGroup): void {
    checkGroup(name, group);
    this.#beforeChange();
    const held = group === "denied" ? group : { instanceIds: [...group.instanceIds] };
    this.#groups.set(name, held);
  }

  get(name: string): ResourceGroup | undefined {
    return this.#groups.get(name);
  }

  clear(): void {
    this.#groups.clear();
  }
}

/** JavaScript callers may give anything. */
function checkGroup(name: string, group: unknown): void {
  if (group === "denied") return;
  const ids: unknown =
    typeof group === "object" && group !== null ? Reflect.get(group, "instanceIds") : undefined;
  if (Array.isArray(ids) && ids.every((id) => typeof id === "string")) {
    checkOptions(group, GROUP_OPTIONS, "fake.groups.set()");
    return;
  }
  throw new TypeError(
    `The group ${inMessage(name)} is ${inMessage(group)}. Use "denied" or { instanceIds: ["i-0123456789abcdef0"] }.`,
  );
}
