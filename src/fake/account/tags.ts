import type { Tag } from "@aws-sdk/client-ssm";

/** Tags by name. */
export type Tags = Readonly<Record<string, string>>;

/** Changes of tags by name; undefined removes one. */
export type TagChanges = Readonly<Record<string, string | undefined>>;

/** The tags after these changes. */
export function changedTags(tags: Tags, changes: TagChanges): Tags {
  return Object.fromEntries(
    Object.entries({ ...tags, ...changes }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

/** Tags of a request by name; if two have the same name, the later one counts (our decision). */
export function tagRecord(tags: readonly Tag[]): Tags {
  return Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}

/** Tags as the service shows them. */
export function toTags(tags: Tags): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
