import type { Argument, Call, ValuePath } from '../../grader/format/call-plan.ts';

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** Identifiers have no hyphens. */
const variable = (id: string): string => id.replaceAll(/[^\w$]+/g, '_');

const keyOf = (key: string): string => (IDENTIFIER.test(key) ? key : `'${key}'`);

const pathOf = (path: ValuePath): string =>
  path
    .map((step) =>
      typeof step === 'string' && IDENTIFIER.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`,
    )
    .join('');

function argumentAsCode(argument: Argument): string {
  if ('tensor' in argument) return variable(argument.tensor);
  if ('number' in argument) return String(argument.number);
  if ('json' in argument) return JSON.stringify(argument.json) ?? 'undefined';
  if ('list' in argument) return `[${argument.list.map(argumentAsCode).join(', ')}]`;
  if ('weights' in argument) return `weights('${argument.weights}')`;
  if ('given' in argument) {
    return `${argument.given.export}(${argument.given.args.map(argumentAsCode).join(', ')})`;
  }
  if ('result' in argument) return `${variable(argument.result.call)}${pathOf(argument.result.path ?? [])}`;
  const entries = Object.entries(argument.record).map(
    ([key, value]) => `${keyOf(key)}: ${argumentAsCode(value)}`,
  );
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** A call of a plan as a line of TypeScript; inputs are variables of their names. */
export function callAsCode(call: Call): string {
  const made = `const ${variable(call.id)} = ${call.export}(${call.args.map(argumentAsCode).join(', ')});`;
  if (!call.gradient) return made;
  return `${made} // and the gradient of its sum ${withRespectTo(call)}`;
}

/** Which argument the gradient of a call is taken of, counted from 0, in words. */
export function withRespectTo(call: Call | undefined): string {
  if (!call?.gradient) return '';
  const { argument, path = [] } = call.gradient;
  const variable = argumentAsCode(call.args[argument]);
  const name = IDENTIFIER.test(variable) ? ` (${variable})` : '';
  return `with respect to argument ${argument}${pathOf(path)}${name}`;
}

/** Names of the input tensors that calls take, in order of appearance. */
export function inputsOf(calls: readonly Call[]): string[] {
  const names = new Set<string>();
  const visit = (argument: Argument): void => {
    if ('tensor' in argument) names.add(argument.tensor);
    else if ('list' in argument) argument.list.forEach(visit);
    else if ('record' in argument) Object.values(argument.record).forEach(visit);
    else if ('given' in argument) argument.given.args.forEach(visit);
  };
  for (const call of calls) call.args.forEach(visit);
  return [...names];
}
