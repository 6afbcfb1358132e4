import type { PictureSet } from './picture-set.ts';
import type { SourceLabels } from './sources/source.ts';

const plain = (name: string): string => name.trim().toLowerCase().replaceAll('_', ' ');

/** The names that a class goes by: ImageNet's are lists of synonyms, some behind an identifier of WordNet. */
function namesOf(className: string): string[] {
  const withoutIdentifier = className.replace(/^n\d{8}\s+/, '');
  const identifier = /^n\d{8}/.exec(className)?.[0];
  return [
    className,
    withoutIdentifier,
    ...withoutIdentifier.split(','),
    ...(identifier ? [identifier] : []),
  ].map(plain);
}

/**
 * Which class of a network a label means: by the whole name before one of its synonyms, capitals and underscores aside,
 * and by its number where none is called so.
 *
 * @throws Error: one sentence, where it means none or several
 */
function classIndex(name: string, classNames: readonly string[], network: string): number {
  const whole = classNames.flatMap((one, index) => (plain(one) === plain(name) ? [index] : []));
  const found =
    whole.length > 0
      ? whole
      : classNames.flatMap((one, i) => (namesOf(one).includes(plain(name)) ? [i] : []));
  if (found.length === 1) return found[0];
  if (found.length === 0 && /^\d{1,9}$/.test(name)) {
    assertIndex(Number(name), { name: network, classNames });
    return Number(name);
  }
  if (found.length === 0) throw new Error(`${network} has no class ${JSON.stringify(name)}`);
  throw new Error(
    `${JSON.stringify(name)} means the classes ${found.join(' and ')} of ${network}; label by number instead`,
  );
}

function assertIndex(label: number, network?: NamedClasses): void {
  const classes = network?.classNames.length ?? Infinity;
  if (Number.isSafeInteger(label) && label >= 0 && label < classes) return;
  throw new Error(
    network === undefined
      ? `label ${label} cannot be the number of a class`
      : `label ${label} is none of the ${classes} classes of ${network.name}, 0 to ${classes - 1}`,
  );
}

/** Resolves each label. @throws Error: one sentence that begins with the place of the label, where it is known */
function resolveEach<T>(
  { labels, places }: { readonly labels: readonly T[]; readonly places?: readonly string[] | undefined },
  resolve: (label: T) => number,
): number[] {
  return labels.map((label, index) => {
    try {
      return resolve(label);
    } catch (error) {
      const place = places ? `${places[index]}: ` : '';
      throw new Error(`${place}${(error as Error).message}`, { cause: error });
    }
  });
}

/** Labels as indices, and what they are indices of, where that is known. */
export interface ResolvedLabels {
  readonly labels: readonly number[];
  readonly classNames?: readonly string[];
}

/** A network whose classes pictures are labelled with. */
export interface NamedClasses {
  readonly name: string;
  readonly classNames: readonly string[];
}

/**
 * The labels of a source as indices of a network's classes, or of its own where no network is given.
 *
 * @throws Error: one sentence, where a label is no class of the network
 */
export function resolveLabels(source: SourceLabels, network?: NamedClasses): ResolvedLabels {
  if (source.kind === 'indices') {
    const labels = resolveEach(source, (label) => {
      assertIndex(label, network);
      return label;
    });
    return { labels, classNames: network?.classNames };
  }
  if (network === undefined) {
    const { labels, classNames = [...new Set(labels)].sort() } = source;
    return { labels: labels.map((label) => classNames.indexOf(label)), classNames };
  }
  const known = new Map<string, number>();
  const labels = resolveEach(source, (label) => {
    const index = known.get(label) ?? classIndex(label, network.classNames, network.name);
    known.set(label, index);
    return index;
  });
  return { labels, classNames: network.classNames };
}

/**
 * The labels of a set's explained pictures as indices of a network's classes: by name where the set knows its classes
 * by name, else as they are.
 *
 * @throws Error: one sentence, where the network has no such class
 */
export function labelsFor({ explained, classNames }: PictureSet, network: NamedClasses): readonly number[] {
  const indices = explained.map(({ label }) => label!);
  const source: SourceLabels =
    classNames === undefined
      ? { kind: 'indices', labels: indices }
      : { kind: 'names', labels: indices.map((index) => classNames[index]) };
  const sameClasses = classNames?.join('\n') === network.classNames.join('\n');
  return sameClasses ? indices : resolveLabels(source, network).labels;
}
