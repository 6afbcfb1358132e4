import type { Argument } from '../../grader/format/call-plan.ts';
import type { MistakeRole, PairRole } from '../../reference/cases/pair-role.ts';
import type { LabelledImages, NetworkRole } from '../../reference/cases/network-role.ts';
import type { Roles } from '../../reference/cases/roles.ts';
import { mistakesOf, VIEWS_OF_EACH, type ChosenMistake } from './course-mistakes.ts';
import type { CourseNetwork } from './course-network.ts';
import type { CoursePictures, PictureSource } from './course-pictures.ts';
import { tryChange, tryPrices } from './try-change.ts';
import { tryCompleteness, type CompletedPicture, type Completeness } from './try-completeness.ts';

/** A second network for a course, and what was found out about the two by trying. */
export interface CoursePair {
  readonly robust: CourseNetwork;
  readonly mistakes: Readonly<Record<keyof PairRole['mistakes'], ChosenMistake>>;
  readonly changes: PairRole['changes'];
  readonly completeness: Completeness;
}

/** A mistake that no walk corrects takes a while to find out about. */
const MOST_TRIED = 8;

/** @throws Error: a sentence where two networks cannot be compared class by class and image by image */
export function checkPartner(network: CourseNetwork, robust: CourseNetwork): void {
  const refuse = (why: string): never => {
    throw new Error(
      `${robust.name} cannot stand beside ${network.name}: ${why}; --robust names a network of the same architecture and classes that learnt otherwise`,
    );
  };
  const [ours, theirs] = [network.classifier, robust.classifier];
  if (robust.version !== network.version) refuse(`it is a ${robust.title}, the other a ${network.title}`);
  if (theirs.classNames.length !== ours.classNames.length)
    refuse(`it knows ${theirs.classNames.length} classes, the other ${ours.classNames.length}`);
  const other = ours.classNames.findIndex((name, i) => name !== theirs.classNames[i]);
  if (other !== -1)
    refuse(`its class ${other} is ${theirs.classNames[other]}, that of the other ${ours.classNames[other]}`);
  if (theirs.inputSize !== ours.inputSize)
    refuse(`it takes ${theirs.inputSize} pixels, the other ${ours.inputSize}`);
  if (robust.weightsSha256 === network.weightsSha256) refuse('both have the same weights');
}

/** What a pair is chosen from. */
interface Chosen {
  readonly source: PictureSource;
  readonly pictures: CoursePictures;
  /** Told what has been tried, since it takes a while. */
  readonly onTried: (what: string) => void;
}

/** The mistakes of a network that pass a trial, as many as are wanted. */
function find<Found>(
  network: CourseNetwork,
  { source, onTried }: Pick<Chosen, 'source' | 'onTried'>,
  trials: readonly ((mistake: ChosenMistake) => Found | undefined)[],
): { readonly mistake: ChosenMistake; readonly found: Found }[] {
  const chosen: { readonly mistake: ChosenMistake; readonly found: Found }[] = [];
  const { explained } = source;
  let wrong = 0;
  for (const mistake of mistakesOf(network.classifier, explained)) {
    if (++wrong > MOST_TRIED) break;
    const found = trials[chosen.length](mistake);
    onTried(`a small change was tried on ${mistake.name} with ${network.name}`);
    if (found === undefined) continue;
    chosen.push({ mistake, found });
    if (chosen.length === trials.length) return chosen;
  }
  const wanted =
    trials.length === 1 ? 'one wrongly classified picture' : `${trials.length} wrongly classified pictures`;
  const looked = `of ${explained.length}, each looked at in ${VIEWS_OF_EACH} ways,`;
  throw new Error(
    wrong < trials.length
      ? `a pair of networks needs ${wanted} of ${network.name}; ${looked} it gets ${wrong === 0 ? 'all' : 'all but one'} right`
      : `a pair of networks needs ${wanted} of ${network.name} that a small change corrects; ${looked} none or too few of the first ${Math.min(wrong, MOST_TRIED)} wrong ones can be corrected`,
  );
}

/**
 * Finds what the parts need that look into two networks, which {@link checkPartner} has compared. The same networks and pictures give the same.
 * @throws Error: a sentence on what is missing
 */
export function choosePair(network: CourseNetwork, robust: CourseNetwork, chosen: Chosen): CoursePair {
  const { classifier } = network;
  const [first, second] = find<Partial<PairRole['changes']>>(network, chosen, [
    (mistake) => {
      const change = tryChange(classifier, mistake, 'first');
      return change && { first: change };
    },
    (mistake) => tryPrices(classifier, mistake),
  ]);
  const [ofRobust] = find(robust, chosen, [(mistake) => tryChange(robust.classifier, mistake, 'robust')]);
  return {
    robust,
    mistakes: { first: first.mistake, second: second.mistake, robust: ofRobust.mistake },
    changes: { ...first.found, ...second.found, robust: ofRobust.found } as PairRole['changes'],
    completeness: tryCompleteness(
      { standard: classifier, robust: robust.classifier },
      chosen.pictures.others,
      (name) => chosen.onTried(`integrated gradients were tried on ${name}`),
    ),
  };
}

/** A class as a sentence names it: of the synonyms of ImageNet, the first one. */
const shortName = (name: string): string => name.split(',', 1)[0];

/** Two networks of a course in the roles of the embedded pair. */
export function pairRole(setup: {
  readonly network: CourseNetwork;
  readonly pair: CoursePair;
  readonly standard: NetworkRole;
  readonly robust: NetworkRole;
  /** The image of a mistake. */
  readonly imageOf: (mistake: keyof PairRole['mistakes']) => Argument;
  /** Some of the other pictures. */
  readonly othersOf: (pictures: readonly CompletedPicture[]) => LabelledImages;
  readonly roles: Pick<Roles, 'imagesFor' | 'longCall'>;
}): PairRole {
  const { network, pair, standard, robust, imageOf, othersOf, roles } = setup;
  const { classNames } = network.classifier;
  const roleOf = (which: keyof PairRole['mistakes'], { model }: NetworkRole): MistakeRole => {
    const { predicted, actual, isTrue } = pair.mistakes[which];
    const [predictedName, actualName] = [predicted, actual].map((label) => shortName(classNames[label]));
    return {
      model,
      image: imageOf(which),
      predicted,
      predictedName,
      actual,
      actualName,
      isTrue,
      words: `class ${actualName} where it saw ${predictedName}`,
    };
  };
  return {
    isOwn: true,
    longCall: roles.longCall,
    words: { standard: network.name, robust: pair.robust.name },
    standard,
    robust,
    imagesFor: roles.imagesFor,
    imagesToComplete: (which) => othersOf(pair.completeness[which]),
    mistakes: {
      first: roleOf('first', standard),
      second: roleOf('second', standard),
      robust: roleOf('robust', robust),
    },
    changes: pair.changes,
    completeUpTo: pair.completeness.upTo,
  };
}
