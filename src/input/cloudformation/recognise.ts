import type { Read } from "../../core/read";
import type { FoundFile } from "../dialect";

/** By its name, if that says it, and by a quick look at the text. */
export function recognises(file: FoundFile, read: Read): boolean {
  if (isServiceProgram(file.path)) return isServiceText(read, file.path);
  if (
    !file.named &&
    (!/\.(?:ya?ml|json|template|cfn|cform|cft|cf|cloudformation)$/i.test(file.path) || isOther(file.path))
  )
    return false;
  const result = read.text(file.path);
  const text = result.kind === "text" ? result.text : result.kind === "failed" ? result.looks : undefined;
  if (text !== undefined) return looksLikeTemplate(text) || looksLikeService(text);
  return file.named || file.path.endsWith(".template");
}

/** A configuration of the Serverless Framework that is a program. */
export function isServiceProgram(path: string): boolean {
  return /(?:^|\/)serverless\.(?:ts|js|cjs|mjs)$/.test(path);
}

function isServiceText(read: Read, path: string): boolean {
  const result = read.text(path);
  return result.kind === "text" && /\bprovider\b/.test(result.text) && /["'`]aws["'`]/.test(result.text);
}

/** A quick look: does the text have the words of a service of the Serverless Framework on AWS? */
export function looksLikeService(text: string): boolean {
  return text.includes("aws") && serviceLine.test(text) && providerLine.test(text);
}

/** Values of charts have maps of these names, too: a service has a name. */
const serviceLine =
  /(?:^|[{,])[\uFEFF \t]{0,8}["']?service["']?[ \t]*:(?:[ \t]*["']?(?:\$\{|\w)|[ \t]*(?:\{|#.*)?\s*["']?name["']?[ \t]*:)/m;
const providerLine =
  /(?:^|[{,])[\uFEFF \t]{0,8}["']?provider["']?[ \t]*:\s*(?:\{|["']?aws\b|["']?[A-Za-z]+["']?[ \t]*:)/m;

/** Large files that many projects have, and that are never templates. */
function isOther(path: string): boolean {
  return /(?:^|\/)(?:package|package-lock|composer|tsconfig|pnpm-lock)\.(?:json|ya?ml)$/.test(path);
}

/** A quick look, so that other YAML and JSON files are not parsed: does the text have the words of a template? */
function looksLikeTemplate(text: string): boolean {
  const isMade = text.includes("Resources") && (resourceType.test(text) || text.includes("AWS::Include"));
  return isMade || text.includes("AWSTemplateFormatVersion");
}

const resourceType = /["'\s{,]Type["']?\s*:\s*["']?[A-Za-z0-9]+::[A-Za-z0-9]/;
