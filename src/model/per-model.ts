import { kept } from "../core/map";
import type { Model } from "./model";

/** A question whose answer is worked out once a model and kept as long as the model is. */
export function perModel<Answer extends object>(compute: (model: Model) => Answer): (model: Model) => Answer {
  const answers = new WeakMap<Model, Answer>();
  return (model) => {
    return kept(answers, model, compute);
  };
}
