import type { PartDefinition } from '../../grader/assignment/define.ts';
import type { CourseNetwork } from './course-network.ts';

/** Its file in a course's data, so that kit and package hold it beside what it speaks of. */
export const NOTICE = 'NOTICE.md';

const networkLine = ({ name, title, classifier, licence }: CourseNetwork): string =>
  `${name}, a ${title} of ${classifier.classNames.length} classes. Licence of its weights: ${licence}`;

/** What whoever gets the weights and pictures of a course must know: what they are, and under which licences. */
export function courseNotice(course: {
  readonly network: CourseNetwork;
  readonly robust?: CourseNetwork | undefined;
  readonly pictures: { readonly note: string };
  /** Those that look into the network. */
  readonly parts: readonly PartDefinition[];
}): string {
  const { network, robust, pictures, parts } = course;
  const networks = [
    `Network: ${networkLine(network)}`,
    ...(robust ? [`Second network: ${networkLine(robust)}`] : []),
  ];
  return `# The network and the pictures of this course

${networks.map((line) => `- ${line}`).join('\n')}
- Pictures: ${pictures.note}

Licences are as whoever compiled this course gave them.

These parts look into this network: ${parts.map(({ title }) => title).join(', ')}. All others look into
the networks of shapes that come with every kit.
`;
}
