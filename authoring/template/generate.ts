import { jsonText } from '../../grader/format/json-text.ts';
import { completeHandouts } from './handouts.ts';
import { shippedFiles, type ShippedPart } from './layout.ts';
import { materialize } from './materialize.ts';
import { completeReport } from './report.ts';
import { submissionAllowList } from './submission-allow-list.ts';

/** What the template is made from; an `AssignmentDefinition` is one. */
export interface TemplateSource {
  readonly parts: readonly ShippedPart[];
  /** What a submission may contain besides the solution files: paths and simple globs. */
  readonly alsoAllowed: readonly string[];
  /** Files besides those of the parts, or in the place of some, by template path: absolute paths. */
  readonly alsoShipped?: Readonly<Record<string, string>>;
  /** Ids of parts in the order in which students should do them. */
  readonly order?: readonly string[];
}

/** All files of the student template by path, `submission.json` among them. */
export function generateTemplate({
  root,
  assignment: { parts, alsoAllowed, alsoShipped, order },
}: {
  root: string;
  assignment: TemplateSource;
}): Map<string, Uint8Array | string> {
  const files = shippedFiles({ root, parts, alsoShipped });
  const content = materialize({ files, mode: 'template' });
  const completed = [...completeHandouts({ parts, order, content }), ...completeReport({ parts, content })];
  for (const [path, page] of completed) content.set(path, page);
  const allowList = submissionAllowList({ files, content, alsoAllowed });
  return content.set('submission.json', jsonText(allowList));
}
