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
 * Which class of a network a name means: the whole name before one of its synonyms, capitals and underscores aside.
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
  if (found.length === 0) throw new Error(`${network} has no class ${JSON.stringify(name)}`);
  throw new Error(
    `${JSON.stringify(name)} means the classes ${found.join(' and ')} of ${network}; label by number instead`,
  );
}

function assertIndices(labels: readonly number[], network?: NamedClasses): void {
  const classes = network?.classNames.length ?? Infinity;
  const wrong = labels.find((label) => !(Number.isSafeInteger(label) && label >= 0 && label < classes));
  if (wrong === undefined) return;
  throw new Error(
    network === undefined
      ? `label ${wrong} cannot be the number of a class`
      : `label ${wrong} is none of the ${classes} classes of ${network.name}, 0 to ${classes - 1}`,
  );
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
    assertIndices(source.labels, network);
    return { labels: source.labels, classNames: network?.classNames };
  }
  const { labels, classNames: own = [...new Set(labels)].sort() } = source;
  if (network === undefined) return { labels: labels.map((label) => own.indexOf(label)), classNames: own };
  const known = new Map(
    [...new Set(labels)].map((label) => [label, classIndex(label, network.classNames, network.name)]),
  );
  return { labels: labels.map((label) => known.get(label)!), classNames: network.classNames };
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
