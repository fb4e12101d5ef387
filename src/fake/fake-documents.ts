import { inMessage } from "../domain/in-message.ts";
import type { DocumentStore } from "./account/documents/document-store.ts";
import { toException } from "./adapters/object/exceptions.ts";

/** What the documents of a fake need. */
export interface DocumentsBehind {
  readonly documents: DocumentStore;
  readonly runDue: () => void;
  readonly requestId: () => string;
}

/**
 * The documents of the fake: your own beside those of AWS (`AWS-RunShellScript`, `AWS-RunPowerShellScript`,
 * `AWS-UpdateSSMAgent`, `AWS-ConfigureAWSPackage`, `AWS-RunRemoteScript`, `AWS-RunPatchBaseline`). Any other document of AWS is
 * `InvalidDocument` until you add it under its name, with the content that GetDocument of AWS returns.
 *
 * @example
 * ```ts
 * await fake.documents.add("Deploy-App", deployAppYaml); //=> 1
 * await fake.documents.add("Deploy-App", deployAppYaml.replace("1.0.0", "1.1.0")); //=> 2
 * fake.documents.setDefaultVersion("Deploy-App", 2); // commands that name no version run this one from now on
 * ```
 */
export interface FakeDocuments {
  /**
   * Adds a Command document of schema 1.2, 2.0 or 2.2. Adding one of the same name again makes a new version: `$LATEST`
   * means the new one, `$DEFAULT` still means the first until {@link FakeDocuments.setDefaultVersion} changes that.
   *
   * @param name - Its name, or the ARN of one that another account shares.
   * @param content - A string of JSON or YAML (the YAML parser is loaded when it is first needed), or an object.
   * @returns The number of the version.
   * @throws The SDK's `InvalidDocumentContent` for content that is broken, with the line if the parser knows it;
   *   `MaxDocumentSizeExceeded` above 64 KB; `ValidationException` for a name that AWS would refuse. TypeError for a name or
   *   a content that is neither text nor an object.
   *
   * @example
   * ```ts
   * await fake.documents.add("Deploy-App", deployAppYaml);
   * await runCommand.send({ DocumentName: "Deploy-App", InstanceIds: [node.instanceId] });
   * ```
   */
  add(name: string, content: string | object): Promise<number>;
  /**
   * Makes a version the one that `$DEFAULT` means.
   *
   * @throws Error for a version that does not exist.
   */
  setDefaultVersion(name: string, version: number): void;
}

/** JavaScript callers may give anything; what is text or an object is read as AWS reads it. */
function checkGiven(name: unknown, content: unknown): void {
  if (typeof name !== "string") {
    throw new TypeError(`The name of the document is ${inMessage(name)}. Write text.`);
  }
  if (typeof content === "string" || (typeof content === "object" && content !== null)) return;
  throw new TypeError(
    `The content of the document ${name} is ${inMessage(content)}. Give it text of JSON or YAML, or an object.`,
  );
}

/** The documents of a fake, over its account. */
export function fakeDocuments({ documents, runDue, requestId }: DocumentsBehind): FakeDocuments {
  return {
    async add(name, content) {
      checkGiven(name, content);
      runDue();
      const added = await documents.add(name, content);
      if (!added.ok) throw toException(added.refusal, requestId());
      return added.value.version;
    },
    setDefaultVersion(name, version) {
      runDue();
      if (documents.setDefault(name, version)) return;
      throw new Error(
        `The fake has no version ${version} of a document ${name}. Add it first: await fake.documents.add(${JSON.stringify(name)}, …).`,
      );
    },
  };
}
