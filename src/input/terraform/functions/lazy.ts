import type * as Crypto from "node:crypto";
import type * as Regex from "re2js";

/**
 * Modules that few inputs need, loaded when the first of them does: a run over one small directory is to cost little
 * more than starting Node (re2js 5 ms, node:crypto 2 ms). The bundle keeps them behind the same call.
 */
declare function require(id: "re2js"): typeof Regex;
declare function require(id: "node:crypto"): typeof Crypto;

export function loadRegex(): typeof Regex {
  return require("re2js");
}

export function loadCrypto(): typeof Crypto {
  return require("node:crypto");
}
