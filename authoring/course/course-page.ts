import type { AssignmentDefinition } from '../../grader/assignment/define.ts';
import type { Roles } from '../../reference/cases/roles.ts';
import type { Recording } from '../fixtures/record.ts';
import { contentsSection } from './contents-section.ts';
import type { CourseNetwork } from './course-network.ts';
import type { CoursePair } from './course-pair.ts';
import type { CoursePictures } from './course-pictures.ts';
import { ownParts } from './given-data.ts';
import { table } from './markdown-table.ts';

/** What the document's own checks print for the weights of 1.1, tubingen and starry night at 192 pixels. */
const PUBLISHED = [
  { part: 'content-loss', case: 'network', what: 'content loss', published: '32436.986' },
  { part: 'style-loss', case: 'network', what: 'style loss', published: '44512.67' },
  { part: 'tv-loss', case: 'landscape', what: 'total variation loss', published: '303.2237' },
] as const;

/** A loss as the reference computed it. */
function lossOf(recording: Recording, at: { readonly part: string; readonly case: string }): number {
  const recorded = recording.cases.find(
    ({ part, definition }) => part.id === at.part && definition.id === at.case,
  );
  const outcome = recorded?.calls.get('loss');
  if (!outcome || !('tensor' in outcome.value)) throw new Error(`${at.part}/${at.case} returned no loss`);
  return Number(outcome.tensors[outcome.value.tensor].data[0]);
}

/** What the page says of a second network. */
function pairSection({ robust, mistakes, completeness }: CoursePair, classNames: readonly string[]): string {
  return `
Beside it: ${robust.name}, SHA-256 of its weights \`${robust.weightsSha256}\`, licence: ${robust.licence}.

${table(
  ['what is explained, or changed', 'network', 'sees', 'and not'],
  Object.entries(mistakes).map(([which, { name, predicted, actual, isTrue }]) => [
    name,
    which === 'robust' ? robust.name : 'the first one',
    classNames[predicted],
    `${classNames[actual]}${isTrue ? '' : ', its second choice'}`,
  ]),
)}

Integrated gradients must be complete up to ${completeness.upTo} of the score.
`;
}

/** The page about a course, for whoever teaches it. */
export function coursePage(course: {
  readonly network: CourseNetwork;
  readonly pictures: CoursePictures;
  readonly pair?: CoursePair | undefined;
  readonly roles: Roles;
  readonly recording: Recording;
  readonly assignment: AssignmentDefinition;
  readonly hasPrivateSeed: boolean;
}): string {
  const { network, pictures, pair, roles, recording, assignment, hasPrivateSeed } = course;
  const { classNames, inputSize } = network.classifier;
  const { climb, transfer } = roles;
  const { whole } = transfer;
  const own = ownParts(assignment);
  const others = assignment.parts.filter((part) => !own.includes(part));
  const titles = (parts: AssignmentDefinition['parts']): string => parts.map(({ title }) => title).join(', ');
  return `# The course on ${network.title}

${assignment.title}, compiled for the network ${network.name}. Nothing of this folder belongs in the repository.

${contentsSection({ networks: 'own', hasPrivateSeed })}
## The network

${table(
  ['', ''],
  [
    ['name', network.name],
    ['architecture', `${network.title}, ${classNames.length} classes, ${inputSize} x ${inputSize} pixels`],
    ['SHA-256 of the weights', `\`${network.weightsSha256}\``],
    ['licence of the weights', network.licence],
  ],
)}
${pair ? pairSection(pair, classNames) : ''}
The kit and the package hold the weights: hand them out only as this licence allows.

Parts that look into this network: ${titles(own)}. The others stay on the networks of shapes that come with the course, since they need ${pair ? '' : 'a pair of networks, '}pictures that are drawn at will, or training: ${titles(others)}.

## The pictures

${pictures.note}

${table(
  [
    'picture',
    `class that it is explained for (${pictures.isTruth ? 'the true one; the network sees it, too' : 'what the network sees'})`,
  ],
  pictures.shown.map(({ name, label }) => [name, `${label}: ${classNames[label]}`]),
)}

${pictures.others.length} smaller ones are explained for the class that the network sees second.

## What was found by trying

- Gradient ascent reaches class ${climb.target}, ${classNames[climb.target]}, in ${climb.iterations} steps from zeros; the check asks for a rise of ${climb.rise}, half of the reference's.
- The whole style transfer, ${whole.options.schedule.steps} steps at 96 pixels, must bring the loss to ${whole.bounds.loss} of the first one, the style to a distance of ${whole.bounds.style}, and keep the content at a correlation of ${whole.bounds.content}.

## The losses of the document

The document's course compares its three losses on SqueezeNet 1.1 with ImageNet weights, tubingen as content and starry
night as style at 192 pixels. The same three losses, here:

${table(
  ['loss', 'document', 'here', 'expected error'],
  PUBLISHED.map(({ what, published, ...at }) => [
    what,
    published,
    lossOf(recording, at).toPrecision(8),
    '0.0',
  ]),
)}

With those weights and pictures, the middle columns agree; with others, only a student's loss and the right column are
to agree: the check compares with the reference on this network and these pictures.
`;
}

/** The page about a course on the networks that come with the assignment. */
export const embeddedCoursePage = ({ title }: Pick<AssignmentDefinition, 'title'>): string =>
  `# The course on the embedded networks

${title}, its private cases drawn by a seed of your own. All else is as it comes with the project: the template and the
public half are the same files. Nothing of this folder belongs in the repository.

${contentsSection({ networks: 'embedded', hasPrivateSeed: true })}`;
