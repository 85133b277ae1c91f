import { distributeBeside } from "../../../core/distribute";
import { mergeTraces } from "../../../core/text";
import type { Trace, Unknown, Value } from "../../../core/value";
import { carried, consequence, isError } from "./context";
import { fail, type Call, type Param } from "./param";

export type Builtin = (args: readonly Value[], call: Call) => Value;

/**
 * What becomes of the traces of the arguments where the result is unknown as a whole: "is" they still run through it,
 * "may" they may, "none" the function ends them.
 */
type Carries = Trace["certainty"] | "none";

export function unary<A>(carries: Carries, a: Param<A>, run: (call: Call, a: A) => Value): Builtin {
  return builtin(carries, [a], undefined, (given) => take(given, a, 0, (x) => run(given.call, x)));
}

export function binary<A, B>(
  carries: Carries,
  [a, b]: readonly [Param<A>, Param<B>],
  run: (call: Call, a: A, b: B) => Value,
): Builtin {
  return builtin(carries, [a, b], undefined, (given) =>
    take(given, a, 0, (x) => take(given, b, 1, (y) => run(given.call, x, y))),
  );
}

export function ternary<A, B, C>(
  carries: Carries,
  [a, b, c]: readonly [Param<A>, Param<B>, Param<C>],
  run: (call: Call, a: A, b: B, c: C) => Value,
): Builtin {
  return builtin(carries, [a, b, c], undefined, (given) =>
    take(given, a, 0, (x) => take(given, b, 1, (y) => take(given, c, 2, (z) => run(given.call, x, y, z)))),
  );
}

/** A function of any number of arguments of one kind. */
export function variadic<R>(carries: Carries, rest: Param<R>, run: (call: Call, rest: readonly R[]) => Value): Builtin {
  return builtin(carries, [], rest, (given) => takeRest(given, rest, 0, (more) => run(given.call, more)));
}

/** A function of one argument and any number of further ones. */
export function unaryWithRest<A, R>(
  carries: Carries,
  [a, rest]: readonly [Param<A>, Param<R>],
  run: (call: Call, a: A, rest: readonly R[]) => Value,
): Builtin {
  return builtin(carries, [a], rest, (given) =>
    take(given, a, 0, (x) => takeRest(given, rest, 1, (more) => run(given.call, x, more))),
  );
}

/** An unknown result of arguments that a function cannot see through. */
export function unknownResult(args: readonly Value[], carries: Carries, call: Call): Unknown {
  return consequence(args, call.at, carries === "none" ? [] : mergeTraces(carried(args, call.name, carries, call)));
}

interface Given {
  readonly args: readonly Value[];
  readonly carries: Carries;
  readonly call: Call;
}

type AnyParam = Pick<Param<unknown>, "prepare" | "isWhole" | "isOptional">;

function builtin(
  carries: Carries,
  params: readonly AnyParam[],
  rest: AnyParam | undefined,
  run: (given: Given) => Value,
): Builtin {
  const required = params.filter((param) => !param.isOptional).length;
  const at = (index: number) => params[index] ?? rest;
  return (args, call) => {
    if (args.length < required || (rest === undefined && args.length > params.length)) {
      return fail(call, "the number of arguments is wrong");
    }
    const error = args.find((arg, i) => at(i)?.isWhole !== true && isError(arg));
    if (error !== undefined) return error;
    return distributeBeside(
      args.map((arg, i) => at(i)?.prepare?.(arg, call) ?? arg),
      call.at,
      (ones) => run({ args: ones, carries, call }),
      (i) => at(i)?.isWhole === true,
    );
  };
}

/** Binds one argument and goes on with it; without it the result is unknown or an error. */
function take<T>(given: Given, param: Param<T>, index: number, then: (value: T) => Value): Value {
  const value = given.args[index];
  if (value !== undefined && !param.isWhole && isError(value)) return value;
  const taken = param.bind(value, given.call);
  switch (taken.kind) {
    case "bound":
      return then(taken.value);
    case "error":
      return taken.error;
    case "opaque":
      return unknownResult(given.args, given.carries, given.call);
  }
}

function takeRest<R>(given: Given, param: Param<R>, from: number, then: (rest: readonly R[]) => Value): Value {
  const rest: R[] = [];
  let stopped: Value | undefined;
  for (let i = from; i < given.args.length && stopped === undefined; i++) {
    const result = take(given, param, i, (value) => {
      rest.push(value);
      return given.args[i] ?? fail(given.call, "an argument is missing");
    });
    if (rest.length <= i - from) stopped = result;
  }
  return stopped ?? then(rest);
}
