import { relocate } from "./relocate";
import type { Attribute, Block, Body, Name, Node } from "./syntax";

/** A block as if all of it stood at one place: that of the call of a module whose text is not the user's. */
export function placeBlock(block: Block, { start, end }: Node): Block {
  const at = { start, end };
  const places = {
    startAt: () => start,
    endAt: () => end,
    cut: (from: number, to: number) => [{ start: from, end: to }],
  };
  const name = ({ text }: Name): Name => ({ text, ...at });
  const attribute = (one: Attribute): Attribute => ({
    ...at,
    name: name(one.name),
    value: relocate(one.value, places),
  });
  const body = (one: Body): Body => ({
    ...at,
    attributes: one.attributes.map(attribute),
    blocks: one.blocks.map(inner),
  });
  const inner = (one: Block): Block => ({
    ...one,
    ...at,
    type: name(one.type),
    labels: one.labels.map(name),
    body: body(one.body),
  });
  return inner(block);
}
