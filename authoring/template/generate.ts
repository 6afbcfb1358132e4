import { jsonText } from '../../grader/format/json-text.ts';
import { completeHandouts } from './handouts.ts';
import { shippedFiles, type ShippedPart } from './layout.ts';
import { materialize } from './materialize.ts';
import { keepPassages, type CourseNetworks } from './passages.ts';
import { completeReport } from './report.ts';
import { submissionAllowList } from './submission-allow-list.ts';

/** What the template is made from; an `AssignmentDefinition` is one. */
export interface TemplateSource {
  readonly parts: readonly ShippedPart[];
  /** What a submission may contain besides the solution files: paths and simple globs. */
  readonly alsoAllowed: readonly string[];
  /** Files besides those of the parts, or in the place of some, by template path: absolute paths. */
  readonly alsoShipped?: Readonly<Record<string, string>>;
  /** Which passages of the handouts are kept; default `embedded`. */
  readonly networks?: CourseNetworks;
  /** Ids of parts in the order in which students should do them. */
  readonly order?: readonly string[];
}

/** All files of the student template by path, `submission.json` among them. */
export function generateTemplate({
  root,
  assignment: { parts, alsoAllowed, alsoShipped, networks = 'embedded', order },
}: {
  root: string;
  assignment: TemplateSource;
}): Map<string, Uint8Array | string> {
  const files = shippedFiles({ root, parts, alsoShipped });
  const content = materialize({ files, mode: 'template' });
  for (const path of content.keys()) {
    if (!/^handouts\/[^/]+\.md$/.test(path)) continue;
    const part = parts.find(({ id }) => path === `handouts/${id}.md`);
    // In a course on a network of its own, other parts stay on those that come with it.
    const looksInto = part && part.network !== 'course' ? 'embedded' : networks;
    content.set(path, withPassages(path, String(content.get(path)), looksInto));
  }
  const completed = [...completeHandouts({ parts, order, content }), ...completeReport({ parts, content })];
  for (const [path, page] of completed) content.set(path, page);
  const allowList = submissionAllowList({ files, content, alsoAllowed });
  return content.set('submission.json', jsonText(allowList));
}

function withPassages(path: string, page: string, networks: CourseNetworks): string {
  try {
    return keepPassages(page, networks);
  } catch (cause) {
    throw new Error(`${path}, ${(cause as Error).message}`, { cause });
  }
}
