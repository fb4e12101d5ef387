import { isObject, type JsonObject } from "./json.ts";
import { problemsOfPattern } from "./match.ts";
import { agentRule } from "./agent-rule.ts";
