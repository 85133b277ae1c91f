import { name, type Message } from "../core/message";
import { encloses, type Span } from "../core/source";
import type { Model } from "./model";

/** Does a place stand in the default of a variable or parameter that nobody sets? */
export function isDefault(model: Model, at: Span): boolean {
  return model.defaults.some((place) => encloses(place, at));
}

/** What a message says of a value that is written there: ` by default`, or nothing. */
export function byDefault(model: Model, at: Span): Message {
  return name(isDefault(model, at) ? " by default" : "");
}
