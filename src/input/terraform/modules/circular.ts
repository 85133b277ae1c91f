import { put } from "../../../core/map";
import { mentions } from "../evaluate/mentions";
import type { ModuleSource } from "./module-source";

type Graph = ReadonlyMap<string, readonly string[]>;

/**
 * The local values that refer to themselves, by way of others or not. Terraform refuses their module, also where nobody
 * asks what they are.
 */
export function circularLocals(locals: ModuleSource["locals"]): ReadonlySet<string> {
  const uses = new Map<string, readonly string[]>();
  for (const [name, { value }] of locals) {
    const used = [...mentions(value)].flatMap((one) => (one.startsWith("local.") ? one.slice("local.".length) : []));
    if (used.length > 0) uses.set(name, used);
  }
  return new Set(withoutEnds(reversed(withoutEnds(uses))).keys());
}

/** What leads on for ever: names that lead nowhere are taken out, until there are none. */
function withoutEnds(graph: Graph): Graph {
  const ways = new Map([...graph].map(([name, to]) => [name, to.filter((one) => graph.has(one)).length]));
  const from = reversed(graph);
  const ends = [...graph.keys()].filter((name) => ways.get(name) === 0);
  for (let end = ends.pop(); end !== undefined; end = ends.pop()) {
    ways.delete(end);
    for (const one of from.get(end) ?? []) {
      const others = (ways.get(one) ?? 0) - 1;
      ways.set(one, others);
      if (others === 0) ends.push(one);
    }
  }
  return new Map([...ways.keys()].map((name) => [name, (graph.get(name) ?? []).filter((one) => ways.has(one))]));
}

function reversed(graph: Graph): Graph {
  const back = new Map<string, string[]>();
  for (const [name, to] of graph) for (const one of to) put(back, one, name);
  return back;
}
