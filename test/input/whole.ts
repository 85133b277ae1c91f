import type { Adapted, Adapting } from "../../src/input/dialect";
import type { Model } from "../../src/model/model";

/** All that became of some files. */
export interface Whole extends Adapted {
  readonly models: readonly Model[];
}

/** Takes all the models at once, as no run does. */
export function whole(adapting: Adapting): Whole {
  const models: Model[] = [];
  let step = adapting.next();
  for (; step.done !== true; step = adapting.next()) models.push(step.value);
  return { models, ...step.value };
}

/** A model to compare with another one, of sources without constructs: functions are equal only to themselves. */
export function withoutConstructs(model: Model): Model {
  return { ...model, constructOf: noConstruct };
}

const noConstruct = (): undefined => undefined;
