import { encloses, type Span } from "../core/source";
import type { Model } from "./model";

/** Does a place stand in the default of a variable or parameter that nobody sets? Then a message says "by default". */
export function isDefault(model: Model, at: Span): boolean {
  return model.defaults.some((place) => encloses(place, at));
}
