import childProcess from "node:child_process";
import dns from "node:dns";
import fs from "node:fs";
import http from "node:http";
import http2 from "node:http2";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import tls from "node:tls";

/** The modules by which Node reaches beyond its process. */
const MODULES: Readonly<Record<string, object>> = {
  childProcess,
  dns,
  "dns.promises": dns.promises,
  fs,
  "fs.promises": fs.promises,
  http,
  http2,
  https,
  net,
  tls,
};

/**
 * Node without a way out: code that reads a file, opens a socket or resolves a name is refused, and the attempt is kept.
 */
export class SealedNode {
  /** What was tried, such as `"fs.readFile"`. */
  readonly tried: string[] = [];
  #isClosed = false;

  /**
   * Wraps every function of these modules; at first, calls pass. This has to happen before the code under test is loaded,
   * which may keep a function.
   */
  constructor() {
    for (const [name, module] of Object.entries(MODULES)) {
      for (const [member, door] of Object.entries(module)) {
        // Classes stay as they are: functions that are wrapped make their instances.
        if (typeof door !== "function" || /^[A-Z]/.test(member)) continue;
        Reflect.set(module, member, this.#locked(`${name}.${member}`, door));
      }
    }
    syncBuiltinESMExports();
  }

  /** Runs something while every call of these functions is refused. */
  async whileClosed<T>(run: () => Promise<T>): Promise<T> {
    this.tried.length = 0;
    this.#isClosed = true;
    try {
      return await run();
    } finally {
      this.#isClosed = false;
    }
  }

  #locked(name: string, door: object): object {
    const pass = (): void => {
      if (!this.#isClosed) return;
      this.tried.push(name);
      throw new Error(`${name} was called behind closed doors.`);
    };
    return new Proxy(door, {
      apply(target, self, args) {
        pass();
        // Only functions are wrapped.
        return Reflect.apply(target as () => unknown, self, args);
      },
    });
  }
}
