import fc from "fast-check";

/**
 * The generated inputs of `npm test` are the same at every run, so that a failure is one of the change at hand.
 * `SEED=random npm test` looks at others, `SEED=12345` at those of a failure.
 */
const { SEED: seed = "20251125" } = process.env;
fc.configureGlobal(seed === "random" ? {} : { seed: Number(seed) });
