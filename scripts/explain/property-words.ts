import type { Check } from '../../grader/checks/index.ts';
import { DIFFERENCES } from '../../grader/checks/property/distance.ts';
import { operandName } from '../../grader/checks/property/operand.ts';
import type { Property } from '../../grader/checks/property/properties.ts';
import { statistics } from '../../grader/checks/property/statistics.ts';

type PropertyCheck = Extract<Check, { kind: 'property' }>;
type Argmax = Extract<Property, { property: 'argmax' }>;

interface Limits {
  readonly atLeast?: number | undefined;
  readonly atMost?: number | undefined;
}

/** `is at least 0.5 and at most 1`. */
function within({ atLeast, atMost }: Limits): string {
  if (atLeast !== undefined && atLeast === atMost) return `is ${atLeast}`;
  const limits = [
    ...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
    ...(atMost === undefined ? [] : [`at most ${atMost}`]),
  ];
  return `is ${limits.join(' and ')}`;
}

function indexOf({ is, isNot }: Argmax): string {
  const named = (is ?? isNot)!;
  if (typeof named === 'number') return `at index ${named}`;
  if (Array.isArray(named)) return `at the indices ${named.join(', ')}, row by row`;
  return `at the index given by ${operandName(named)}`;
}

function statisticWords(of: Extract<Property, { property: 'statistic' }>, name: string): string {
  const along = of.axes ? ` along the axes ${of.axes.join(', ')}` : '';
  const relative = of.relativeTo ? `, relative to that of ${operandName(of.relativeTo)},` : '';
  return `the ${statistics[of.of].words} of ${name}${along}${relative} ${within(of)}`;
}

/** What a property asks of values that the student knows by a name. */
function wordsOf(of: Property, name: string): string {
  switch (of.property) {
    case 'argmax':
      return `the largest value of ${name} lies ${of.is === undefined ? 'anywhere but ' : ''}${indexOf(of)}`;
    case 'change':
      return `the change of ${name} from first to last ${within(of)}`;
    case 'correlation':
      return `the correlation of ${name} with ${operandName(of.with)} ${within(of)}`;
    case 'distance':
      return `the ${DIFFERENCES[of.metric]} between ${name} and ${operandName(of.to)} ${within(of)}`;
    case 'finite':
      return `no value of ${name} is NaN or infinite`;
    case 'inside-mask':
      return `the share of ${name} inside ${operandName(of.mask)} ${within(of)}`;
    case 'monotone':
      return `the values of ${name} are ${of.direction}${of.slack > 0 ? `, and none steps back by more than ${of.slack}` : ''}`;
    case 'range':
      return `each value of ${name} ${within({ atLeast: of.min, atMost: of.max })}${of.slack > 0 ? `, or off by at most ${of.slack}` : ''}`;
    case 'shape':
      return `the shape of ${name} is ${Array.isArray(of.is) ? `[${of.is.join(',')}]` : `that of ${operandName(of.is)}`}`;
    case 'statistic':
      return statisticWords(of, name);
  }
}

/** What a check of properties asks for, a line for each of them. */
export const propertyLines = ({ holds, name, each }: PropertyCheck): string[] =>
  holds.map((of) => `${each ? 'of each item by itself: ' : ''}${wordsOf(of, name)}`);

/** Whether it can be said of values how far they are from what a property asks; most say of a limit how much was used. */
export function hasScale(of: Property): boolean {
  switch (of.property) {
    case 'argmax':
    case 'finite':
    case 'shape':
      return false;
    case 'monotone':
    case 'range':
      return of.slack > 0;
    default:
      return true;
  }
}
