import type { AddTagsToResourceRequest } from "@aws-sdk/client-ssm";
import type { Account } from "../../account/account.ts";
import type { TagChanges, Tags } from "../../account/tags.ts";
import { ok, type Result, refuse } from "../../result.ts";

/** Tags that a resource can have (documented). */
export const MOST_TAGS = 50;

/** A resource with tags that can be changed. */
export interface TaggedResource {
  readonly tags: Tags;
  /** Adds tags, replaces their values, or takes those away that are undefined. */
  readonly change: (changes: TagChanges) => void;
}

/** The only managed instances whose tags Systems Manager keeps: those of EC2 instances are EC2's. */
const HYBRID_NODE = /^mi-[0-9a-f]{17}$/;

/**
 * The resource that a request on tags means: a hybrid node or a document of the fake. All others are there for nobody:
 * InvalidResourceId, without a text (seen for parameters, 2021). The text about ids of EC2 instances was seen in 2024.
 */
export function taggedResource(
  { ResourceType, ResourceId = "" }: Pick<AddTagsToResourceRequest, "ResourceType" | "ResourceId">,
  { nodes, documents }: Account,
): Result<TaggedResource> {
  if (ResourceType === "ManagedInstance") {
    if (!HYBRID_NODE.test(ResourceId)) {
      return refuse(
        "ValidationException",
        "resourceId should be in format mi-[0-9a-f]{17} for resource type ManagedInstance",
      );
    }
    const node = nodes.get(ResourceId);
    if (node === undefined) return refuse("InvalidResourceId");
    return ok({ tags: node.tags, change: (changes) => node.tag(changes) });
  }
  // Those of AWS and of other accounts are not this account's to tag (inferred).
  const document = ResourceType === "Document" ? documents.own(ResourceId) : undefined;
  if (document === undefined) return refuse("InvalidResourceId");
  const { name, tags } = document;
  return ok({ tags, change: (changes) => documents.tag(name, changes) });
}
