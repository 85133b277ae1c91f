import type { Event } from "js-yaml";
import {
  aliasEvent,
  documentEvent,
  mappingEvent,
  popEvent,
  scalarEvent,
  sequenceEvent,
  type YamlProblem,
} from "./yaml-builder";
import { isPlain } from "./yaml-scalar";
import { placeIn, type View } from "./yaml-view";

/**
 * Tabs that empty lines and comments are indented with, outside of brackets and scalars: YAML 1.2 takes them, and libyaml,
 * which cfn-lint reads with, does not. Behind a plain scalar it takes some that stand further in than the scalar's map or
 * list: of those nothing is reported.
 */
export function tabProblems(view: View, events: readonly Event[]): readonly YamlProblem[] {
  if (!view.text.includes("\t")) return [];
  const problems: YamlProblem[] = [];
  const around: Collection[] = [];
  let next = 0;
  let brackets = 0;
  /** Collections that have ended when the next thing starts; nobody says where. */
  let ended = 0;
  /** Where the last thing before ends, and whether that may go on. */
  let end = 0;
  let isOpen = false;
  for (const { 0: line, index } of view.text.matchAll(/^ *\t[ \t]*(?=#|\r?$)/gm)) {
    for (let event = events[next]; event !== undefined && startOf(event) <= index; event = events[++next]) {
      if (event.type === popEvent) {
        ended++;
        continue;
      }
      for (; ended > 0; ended--) brackets -= Number(around.pop()?.isFlow === true);
      end = Math.max(end, endOf(event));
      isOpen = event.type === scalarEvent && isPlain(event) && event.valueStart < event.valueEnd;
      if (event.type === scalarEvent || event.type === aliasEvent) continue;
      const isFlow = event.type !== documentEvent && /[[{]/.test(view.text.charAt(event.start));
      around.push({ isFlow, column: columnOf(view, startOf(event)) });
      brackets += Number(isFlow);
    }
    const between = view.text.slice(end, index);
    const closing = between.replace(/#.*/g, "").replace(/[^\]}]/g, "");
    const goesOn = isOpen && !/[#\]}]/.test(between) && line.indexOf("\t") > (around.at(-1)?.column ?? 0);
    if (index < end || brackets > closing.length || goesOn) continue; // YAML takes it there.
    problems.push({ message: "is indented with a tab here", at: placeIn(view, index, index + line.length) });
  }
  return problems;
}

interface Collection {
  readonly isFlow: boolean;
  readonly column: number;
}

function columnOf({ text }: View, pos: number): number {
  return pos - text.lastIndexOf("\n", pos - 1) - 1;
}

function startOf(event: Event): number {
  switch (event.type) {
    case scalarEvent:
      return event.valueStart;
    case aliasEvent:
      return event.anchorStart;
    case sequenceEvent:
    case mappingEvent:
      return event.start;
    case documentEvent:
    case popEvent:
      return 0;
  }
}

/** Of a collection where what is in it can start. */
function endOf(event: Event): number {
  if (event.type === scalarEvent) return event.valueEnd + Number(!isPlain(event));
  return event.type === aliasEvent ? event.anchorEnd : startOf(event);
}
