import { EXECUTION_TIMEOUT_SECONDS } from "../../domain/limits.ts";
import { dockerMistake } from "./docker-action.ts";
import { type GoStruct, type ReadStruct, readStruct } from "./go-struct.ts";
import { goText, isObject, parsedByGo } from "./go-values.ts";

/** The inputs of a plugin as the agent reads them, or what it writes instead of running it. */
export type CheckedInputs =
  | { readonly ok: true; readonly fields: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly stdout: string; readonly stderr: string };

/** How the agent reads the inputs of a plugin. */
interface PluginCheck {
  readonly struct: GoStruct;
  /** The message of inputs that do not fit the structure. */
  readonly invalidFormat: (value: unknown, error: string) => string;
  /** What else is wrong with them. */
  readonly mistake?: (fields: Readonly<Record<string, unknown>>) => string | undefined;
  /** What the agent puts behind its message. */
  readonly end?: string;
  /** What it writes to standard output besides. */
  readonly stdout?: string;
}

const upper = (value: unknown, error: string) =>
  `Invalid format in plugin properties ${goText(value)};\nerror ${error}`;
const lower = (value: unknown, error: string) =>
  `invalid format in plugin properties ${goText(value)}; \nerror ${error}`;
const invalid = (what: string) => `invalid input: ${what}`;

/** The inputs of a step that runs a script [agent-run-script]. */
const SCRIPT: PluginCheck = {
  struct: {
    name: "runscript.RunScriptPluginInput",
    label: "RunScriptPluginInput",
    fields: {
      RunCommand: "[]string",
      Environment: "map[string]string",
      ID: "string",
      WorkingDirectory: "string",
      TimeoutSeconds: "interface {}",
    },
  },
  invalidFormat: upper,
};

/**
 * The plugins whose inputs the agent checks before it does anything. Messages: [agent-cases], and for those that no case
 * shows [agent-run-document], [agent-download-content], [agent-configure-package], [agent-configure-containers],
 * [agent-docker-container] and [agent-domain-join].
 */
const CHECKS: Readonly<Record<string, PluginCheck>> = {
  "aws:runShellScript": SCRIPT,
  "aws:runPowerShellScript": SCRIPT,
  "aws:runDocument": {
    struct: {
      name: "rundocument.RunDocumentPluginInput",
      label: "RunDocumentPluginInput",
      fields: {
        documentType: "string",
        documentPath: "string",
        documentParameters: "interface {}",
      },
    },
    invalidFormat: lower,
    mistake: ({ documentType = "", documentPath = "" }) => {
      if (documentType === "") {
        return invalid("Document Type must be specified to either by SSMDocument or LocalPath.");
      }
      if (documentType !== "SSMDocument" && documentType !== "LocalPath") {
        return invalid("Document type specified in invalid");
      }
      return documentPath === "" ? invalid("Document Path must be provided") : undefined;
    },
  },
  "aws:downloadContent": {
    struct: {
      name: "downloadcontent.DownloadContentPlugin",
      label: "DownloadContentPlugin",
      fields: { sourceType: "string", sourceInfo: "interface {}", destinationPath: "string" },
    },
    invalidFormat: lower,
    mistake: ({ sourceType = "", sourceInfo = "" }) => {
      if (sourceType === "") return invalid("SourceType must be specified");
      if (!["GitHub", "S3", "SSMDocument", "Git", "HTTP"].includes(String(sourceType))) {
        return invalid("Unsupported source type");
      }
      return sourceInfo === "" ? invalid("SourceInfo must be specified") : undefined;
    },
  },
  "aws:configurePackage": {
    struct: {
      name: "configurepackage.ConfigurePackagePluginInput",
      label: "ConfigurePackagePluginInput",
      fields: {
        name: "string",
        version: "string",
        action: "string",
        installationType: "string",
        source: "string",
        repository: "string",
        additionalArguments: "interface {}",
      },
    },
    invalidFormat: lower,
    mistake: ({ source = "", name = "" }) => {
      if (source !== "") return invalid("source parameter is not supported in this version");
      return name === "" ? invalid("empty name field") : undefined;
    },
    end: "\n",
  },
  "aws:configureDocker": {
    struct: {
      name: "configurecontainers.ConfigureContainerPluginInput",
      label: "ConfigureContainerPluginInput",
      fields: { ID: "string", Action: "string" },
    },
    invalidFormat: upper,
    mistake: ({ Action = "" }) =>
      Action === "Install" || Action === "Uninstall"
        ? undefined
        : `configure Action is set to unsupported value: ${String(Action)}`,
  },
  "aws:runDockerAction": {
    struct: {
      name: "dockercontainer.DockerContainerPluginInput",
      label: "DockerContainerPluginInput",
      fields: {
        Action: "string",
        ID: "string",
        WorkingDirectory: "string",
        TimeoutSeconds: "interface {}",
        Container: "string",
        Cmd: "string",
        Image: "string",
        Memory: "string",
        CpuShares: "string",
        Volume: "[]string",
        Env: "string",
        User: "string",
        Publish: "string",
      },
    },
    invalidFormat: upper,
    mistake: dockerMistake,
  },
  // Besides, it checks more, other things on each platform: there the behavior decides.
  "aws:domainJoin": {
    struct: {
      name: "domainjoin.DomainJoinPluginInput",
      label: "DomainJoinPluginInput",
      fields: {
        DirectoryId: "string",
        DirectoryName: "string",
        DirectoryOU: "string",
        DnsIpAddresses: "[]string",
      },
    },
    invalidFormat: upper,
    mistake: ({ DirectoryId = "", DirectoryName = "" }) => {
      const required = (name: string) =>
        `Failed to build domain join command because : ${name} is required`;
      if (DirectoryId === "") return required("directoryId");
      return DirectoryName === "" ? required("directoryName") : undefined;
    },
    stdout: "Domain join failed.",
  },
};

/** The id of an entry of `properties` in schema 1.2, which the agent reads before anything else [agent-run-plugins]. */
const ID: GoStruct = { name: "struct { ID string }", label: "", fields: { ID: "string" } };

/** The id of an entry of `properties`, or what the agent writes to standard error instead of running one that has none. */
export function readId(
  value: unknown,
): { readonly ok: true; readonly id: string } | { readonly ok: false; readonly stderr: string } {
  const read = readStruct(value, ID);
  if (!read.ok) return { ok: false, stderr: upper(value, read.error) };
  return { ok: true, id: String(read.fields["ID"] ?? "") };
}

/** Reads the inputs of a plugin as the agent does; those of a plugin that it does not check are taken as they are. */
export function checkInputs(action: string, value: unknown): CheckedInputs {
  const check = Object.hasOwn(CHECKS, action) ? CHECKS[action] : undefined;
  if (check === undefined) return { ok: true, fields: isObject(value) ? value : {} };
  const { struct, invalidFormat, mistake, end = "", stdout = "" } = check;
  const read: ReadStruct = readStruct(value, struct);
  if (!read.ok) return { ok: false, stdout, stderr: invalidFormat(value, read.error) + end };
  const wrong = mistake?.(read.fields);
  return wrong === undefined ? read : { ok: false, stdout, stderr: wrong + end };
}

/**
 * The seconds after which the *agent* kills a step: what the document says if that is a number from 5 to 172,800, whose
 * fraction is dropped, otherwise 3600. A string counts if Go reads a number in it, with nothing around it: `"1e3"`, `"007"`
 * and `"1_000"` do, `"5 "` does not. Source: [agent-plugin-util] [agent-cases]; with 2, a script of 20 s succeeded
 * [rec-2026-09-27-expiry].
 */
export function enforcedExecutionSeconds(stated: unknown): number {
  const { least, most, byDefault } = EXECUTION_TIMEOUT_SECONDS;
  const number = typeof stated === "string" ? parsedByGo(stated) : stated;
  const seconds = typeof number === "number" ? Math.trunc(number) : Number.NaN;
  return seconds >= least && seconds <= most ? seconds : byDefault;
}
