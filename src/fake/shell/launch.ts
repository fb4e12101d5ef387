import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import type { PluginRun } from "../agents/behavior.ts";
import { marking } from "./left-processes.ts";
import { tellsOfProcesses } from "./process-table.ts";

/** How a script is started. */
export interface Launch {
  readonly program: string;
  /** How the program is called: a shell always as `sh`, by which the agent calls that of a node. */
  readonly name: string;
  /** The name of the script's file. */
  readonly fileName: string;
  /** The arguments that make the program run a file, and mark what it starts where a shell can do that. */
  readonly argumentsFor: (file: string, mark: number) => readonly string[];
  readonly isPowerShell: boolean;
}

/** How the script of a run is started, or why it cannot be, as Go prints it. */
export function launchOf(
  run: PluginRun,
  { shell }: { readonly shell?: string | undefined },
): Launch | { readonly reason: string } {
  const isForPowerShell = run.plugin.action !== "aws:runShellScript";
  if (!isForPowerShell) return started(programNamed(shell ?? "sh"), shell ?? "sh");
  const given = shell !== undefined && isPowerShell(shell) ? shell : undefined;
  if (given !== undefined) return started(programNamed(given), given);
  if (process.platform === "win32") return started("powershell.exe", "powershell.exe");
  const found = [pwshOf(run), "pwsh"].map(programNamed).find((path) => path && isProgram(path));
  if (found !== undefined) return started(found, found);
  return run.node.platform === "Windows"
    ? started(undefined, "powershell.exe")
    : { reason: `fork/exec ${pwshOf(run)}: no such file or directory` };
}

/** Where the agent looks for PowerShell [agent-exec-unix]; nodes with Windows have theirs in the path. */
function pwshOf({ node }: PluginRun): string {
  return node.platform === "MacOS" ? "/usr/local/bin/pwsh" : "/usr/bin/pwsh";
}

function started(program: string | undefined, name: string): Launch | { readonly reason: string } {
  // The agent's words for a name that no folder of the path has [go-errors].
  if (program === undefined) {
    return { reason: `exec: ${JSON.stringify(name)}: executable file not found in $PATH` };
  }
  if (isPowerShell(program)) {
    const flags = ["-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Unrestricted", "-File"];
    return {
      ...{ program, name },
      fileName: "_script.ps1",
      argumentsFor: (file) => [...flags, file],
      isPowerShell: true,
    };
  }
  // Shells on Windows take a path for a word of the script, not for a file (our decision).
  const argumentsFor = (file: string, mark: number) =>
    process.platform === "win32"
      ? [file]
      : ["-c", (tellsOfProcesses() ? marking(mark) : "") + asWord(file)];
  return { program, name: "sh", fileName: "_script.sh", argumentsFor, isPowerShell: false };
}

/** A file as a word of a shell's script: as it is, unless it has characters that mean something there. */
function asWord(file: string): string {
  return /^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`;
}

/** A program by its path, or by its name in the folders of `PATH`, as Go looks for it [go-errors]. */
function programNamed(name: string): string | undefined {
  if (name.includes("/") || process.platform === "win32") return name;
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter(isAbsolute);
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function isPowerShell(shell: string): boolean {
  return /(^|[\\/])(pwsh|powershell)(\.exe)?$/i.test(shell);
}
