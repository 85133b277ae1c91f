import type { Model } from "./model";

/** A question whose answer is worked out once a model and kept as long as the model is. */
export function perModel<Answer extends object>(compute: (model: Model) => Answer): (model: Model) => Answer {
  const answers = new WeakMap<Model, Answer>();
  return (model) => {
    const known = answers.get(model);
    if (known !== undefined) return known;
    const answer = compute(model);
    answers.set(model, answer);
    return answer;
  };
}
