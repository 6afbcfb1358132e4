import { integers } from '../../grader/format/literals.ts';
import type { Argument } from '../../grader/format/call-plan.ts';
import { embeddedPair } from '../../reference/cases/embedded-pair.ts';
import { storedImagesModule } from '../../reference/cases/groups.ts';
import type { ImageRequest, LabelledImages } from '../../reference/cases/network-role.ts';
import type { Roles } from '../../reference/cases/roles.ts';
import { templateModule } from '../../reference/cases/template-module.ts';
import { randomStream } from '../../reference/lib/random.ts';
import type * as numberedClasses from '../../reference/lib/models/numbered-classes.ts';
import type * as squeezenet from '../../reference/lib/models/squeezenet.ts';
import type { ClimbRole, TransferBounds, TransferOptions } from '../../reference/cases/roles.ts';
import type { CourseNetwork } from './course-network.ts';
import { pairRole, type CoursePair } from './course-pair.ts';
import type { CoursePictures } from './course-pictures.ts';
import type { CompletedPicture } from './try-completeness.ts';
import { GIVEN } from './folder.ts';
import { SCENE_SIZES, storedName } from './given-data.ts';

/** What was found out about a network by trying. */
export interface Tried {
  readonly climb: ClimbRole;
  readonly short: TransferOptions;
  readonly layers: TransferOptions;
  readonly whole: { readonly options: TransferOptions; readonly bounds: TransferBounds };
}

/** The network as an argument: its weights are data of the template, and its classes' names mean nothing to a case. */
function networkArgument({ classifier, name, version }: CourseNetwork, file: 'network' | 'robust'): Argument {
  const { classNames, inputSize } = classifier;
  const names = templateModule<typeof numberedClasses>('lib/models/numbered-classes.ts');
  const options = {
    version: { json: version },
    name: { json: name },
    inputSize: { number: inputSize },
    classNames: names.given('numberedClasses', [{ number: classNames.length }]),
  };
  return templateModule<typeof squeezenet>('lib/models/squeezenet.ts').given('squeezenet', [
    { weights: `${GIVEN}/${file}.safetensors` },
    { record: options },
  ]);
}

function images(file: 'shown' | 'others' | 'scenes' | 'mistakes', ...names: readonly string[]): Argument {
  return storedImagesModule.given('storedImages', [
    { weights: `${GIVEN}/${file}.safetensors` },
    { json: names },
  ]);
}

/** Some of the other pictures, by the seed of whoever asks. */
function othersFor({ others }: CoursePictures, { seed, labels }: ImageRequest): LabelledImages {
  const stream = randomStream(seed);
  const order = others
    .map(({ label }, index) => ({ index, label, key: stream.uniform() }))
    .toSorted((a, b) => a.key - b.key)
    .slice(0, labels.length);
  return othersOf(order);
}

/** These of the other pictures, each with its class. */
const othersOf = (chosen: readonly CompletedPicture[]): LabelledImages => ({
  images: images('others', ...chosen.map(({ index }) => storedName.other(index))),
  labels: integers(chosen.map(({ label }) => label)),
});

/** The losses that the document's course compares: its Starry Night, at 192 pixels. */
const PUBLISHED = {
  content: { weight: 6e-2, layer: 3 },
  style: { layers: [1, 4, 6, 7], weights: [300000, 1000, 15, 3] },
  variation: { weight: 2e-2 },
};

const { large, small } = SCENE_SIZES;

/** A network and pictures in the roles of the embedded ones; without a second network the embedded pair stays. */
export function courseRoles(
  network: CourseNetwork,
  pictures: CoursePictures,
  tried: Tried,
  pair?: CoursePair,
): Roles {
  const { classNames, inputSize } = network.classifier;
  const role = { model: networkArgument(network, 'network'), inputSize };
  const other = pair && { model: networkArgument(pair.robust, 'robust'), inputSize };
  const { shown } = pictures;
  const content = (size: number): Argument => images('scenes', storedName.content(size));
  const style = (index: number, size: number): Argument => images('scenes', storedName.style(index, size));
  const imagesFor: Roles['imagesFor'] = (request) => othersFor(pictures, request);
  const longCall = { timeLimit: 40 };
  return {
    words: { network: network.title, shown: 'five pictures' },
    longCall,
    explained: role,
    alternative: other ?? role,
    shown: {
      batches: shown.map(({ label }, i) => ({
        images: images('shown', storedName.shown(i)),
        labels: integers([label]),
      })),
      classNames: { json: shown.map(({ label }) => classNames[label]) },
    },
    imagesFor,
    climbed: role,
    film: { start: images('shown', storedName.shown(0)), target: tried.climb.target, iterations: [1, 2, 4] },
    climb: tried.climb,
    pair:
      pair && other
        ? pairRole({
            network,
            pair,
            standard: role,
            robust: other,
            imageOf: (which) => images('mistakes', storedName.mistake(which)),
            othersOf,
            roles: { imagesFor, longCall },
          })
        : embeddedPair,
    painting: role.model,
    losses: {
      content: {
        ...PUBLISHED.content,
        current: storedImagesModule.given('blankLike', [content(large)]),
        original: content(large),
      },
      style: { ...PUBLISHED.style, current: content(large), style: style(2, large) },
      variation: { ...PUBLISHED.variation, image: content(large) },
    },
    transfer: {
      short: { content: content(large), style: style(2, large), options: tried.short },
      layers: {
        content: content(small),
        style: style(0, small),
        image: images('scenes', storedName.anotherImage),
        options: tried.layers,
      },
      whole: { content: content(small), style: style(0, large), ...tried.whole },
    },
  };
}
