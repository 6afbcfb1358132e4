import type { CheckDefinition } from '../../grader/assignment/define.ts';
import type { ValuePath } from '../../grader/format/call-plan.ts';
import type { TemplateModule } from '../cases/template-module.ts';
import type { Tolerance } from './tolerances.ts';

type CheckOf<Kind extends CheckDefinition['kind']> = Extract<CheckDefinition, { kind: Kind }>;

/** What any check may say besides its id, its points and its title. */
type Extras = Pick<CheckOf<'memory'>, 'bonus' | 'hint' | 'mayBeTrivial' | 'plausible' | 'requires'>;

/** The call in question. */
interface CallPlace {
  /** Default: the case with the check's id. */
  readonly case?: string;
  /** Default: the usual call of the rubric, or else the call with the check's id. */
  readonly call?: string;
}

/** The value in question. */
interface ValuePlace extends CallPlace {
  /** Default: all that the call returns. */
  readonly path?: ValuePath;
}

type CloseOptions = Extras &
  ValuePlace &
  Pick<CheckOf<'tensor-close'>, 'factorSeenIn' | 'orConsistentWith' | 'partial'> & {
    readonly tolerance?: Tolerance;
  };
type GradientOptions = Extras & CallPlace & { readonly tolerance?: Tolerance };
type PropertyOptions = Extras &
  ValuePlace & {
    /** The gradient that the call returned is meant, not its result. */
    readonly gradient?: true;
    /** What the student reads for the value: `the saliency map`. */
    readonly name: string;
    readonly holds: CheckOf<'property'>['holds'][number];
  };
type PictureOptions = Extras &
  CallPlace & {
    /** Name of the expected picture, without `.png`. */
    readonly file: string;
    readonly maxDifferentShare: number;
    readonly threshold?: number;
    /** Whether students submit the picture too, as the driver saves it. */
    readonly submitted?: boolean;
  };
type LeftoversOptions = Extras &
  CallPlace & {
    readonly id?: string;
    readonly case: string;
    readonly title?: string;
    readonly maxLeftover?: number;
  };

/** Zeros, one value everywhere and an input as it came are refused by `plausible` itself. */
const HONEST_ATTEMPT = 'how code is written is judged of every honest attempt; what it computes, elsewhere';

/**
 * Builders of a part's checks.
 *
 * @param usual what holds for every check that says nothing else; `bonus` makes all of them one
 */
export function checksOf<Exports>(
  { solution }: { readonly solution: TemplateModule<Exports> },
  usual: { readonly tolerance: Tolerance; readonly call?: string; readonly bonus?: true },
) {
  const { tolerance: usualTolerance, call: usualCall, ...common } = usual;
  const valueAt = (call: string, path?: ValuePath) => ({ value: { call, ...(path ? { path } : {}) } });

  return {
    /** A value is close to the one that the reference returned. */
    close(id: string, points: number, title: string, options: CloseOptions = {}): CheckDefinition {
      const { call = usualCall ?? id, path, tolerance = usualTolerance, ...rest } = options;
      const value = valueAt(call, path);
      return {
        kind: 'tensor-close',
        id,
        points,
        title,
        case: id,
        ...common,
        ...rest,
        ...value,
        ...tolerance,
      };
    },

    /** A gradient is close to the reference's; the call is by default the one named `gradient`. */
    gradient(id: string, points: number, title: string, options: GradientOptions = {}): CheckDefinition {
      const place = { case: id, call: 'gradient' };
      const { tolerance = usualTolerance, ...rest } = options;
      return {
        kind: 'gradient-close',
        id,
        points,
        title,
        ...place,
        ...common,
        ...rest,
        ...tolerance,
      };
    },

    /** Something is true of a value of every right solution. */
    property(id: string, points: number, title: string, options: PropertyOptions): CheckDefinition {
      const { call = usualCall ?? id, path, gradient, holds, ...rest } = options;
      const value = gradient ? { value: { call, gradient } } : valueAt(call, path);
      return { kind: 'property', id, points, title, case: id, ...common, ...rest, ...value, holds: [holds] };
    },

    /** What is drawn of the results looks as the reference's; the call is by default the one named `picture`. */
    picture(id: string, points: number, title: string, options: PictureOptions): CheckDefinition {
      const { call = 'picture', file, submitted = false, ...rest } = options;
      const saved = submitted ? { submitted: `visualization/${file}.png` } : {};
      const pictures = { image: { call }, picture: file, ...saved };
      return {
        kind: 'png-match',
        id,
        points,
        title,
        case: id,
        threshold: 0.1,
        ...common,
        ...rest,
        ...pictures,
      };
    },

    /**
     * An observed call of a function leaves no tensors behind, and its arguments as they were. `plausible` keeps a
     * function that does nothing from scoring.
     */
    leftovers(points: number, name: keyof Exports & string, options: LeftoversOptions): CheckDefinition {
      const { id = 'leftovers', call = usualCall ?? id, ...rest } = options;
      const title = `${name} leaves no tensors behind, and its arguments as they were`;
      const attempt = rest.plausible ? { mayBeTrivial: HONEST_ATTEMPT } : {};
      return {
        kind: 'memory',
        id,
        points,
        title,
        keepsArguments: true,
        ...attempt,
        ...common,
        ...rest,
        call,
      };
    },

    /** The solution's file keeps to the rules of style; `plausible` keeps a file that does nothing from scoring. */
    tidyCode(
      points: number,
      extras: Pick<Extras, 'mayBeTrivial' | 'plausible' | 'requires'>,
    ): CheckDefinition {
      return {
        kind: 'source-rule',
        id: 'tidy-code',
        points,
        title: `${solution.path.split('/').at(-1)} has no leftover prints and only allowed imports`,
        ...(extras.plausible ? { mayBeTrivial: HONEST_ATTEMPT } : {}),
        ...extras,
        rules: ['no-prints', 'imports', 'signatures', 'given-code'],
      };
    },
  };
}
