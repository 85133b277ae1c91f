import { peek, startOf, take, type Parser } from "./parser-state";
import { report } from "./problems";
import type { Name } from "./syntax";
import { unescape } from "./template-escape";

/** A label in quotes: a string in which nothing is computed. Its place is inside the quotes. */
export function parseLabel(p: Parser): Name {
  return peek(p) === "plain string" ? plainLabel(p) : parseParts(p);
}

function plainLabel(p: Parser): Name {
  const start = startOf(p) + 1;
  take(p);
  const end = p.end - 1;
  return { text: p.text.slice(start, end), start, end };
}

function parseParts(p: Parser): Name {
  const opening = startOf(p);
  take(p);
  const start = p.end;
  let text = "";
  let isReported = false;
  let open = 0;
  for (;;) {
    const kind = peek(p);
    const at = startOf(p);
    if (kind === "end of file" || (kind === "close quote" && open === 0)) break;
    take(p);
    if (kind === "open interpolation" || kind === "open directive") {
      if (!isReported) report(p.problems, at, p.end, "A label is not a template: nothing in it can be computed");
      isReported = true;
      open++;
    } else if (kind === "close sequence") open--;
    else if (open > 0) continue;
    else if (kind === "line end in string")
      report(p.problems, opening, at, "The label has no closing quote on its line");
    else if (kind === "escaped text")
      text += unescape(p.text, at, p.end, p.problems)
        .map((part) => part.text)
        .join("");
    else if (kind === "template escape") text += p.text.slice(at + 1, p.end);
    else text += p.text.slice(at, p.end);
  }
  const name = { text, start, end: startOf(p) };
  if (peek(p) === "end of file") report(p.problems, opening, start, "The label has no closing quote");
  else take(p);
  return name;
}
