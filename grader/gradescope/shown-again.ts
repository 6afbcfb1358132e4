import { clip } from './clip.ts';
import { escapeHtml } from '../report/escape-html.ts';
import { escapeMarkdown } from './markdown.ts';
import type { PreviousSubmission } from './metadata.ts';
import { gradescopeResults, gradescopeTest, type GradescopeResults } from './results-schema.ts';

/** In `extra_data`: the message put before earlier results, so that it can be taken off again. */
const MESSAGE = 'shown_again_because';

const RESULT_KEYS = new Set(Object.keys(gradescopeResults.shape));
const TEST_KEYS = new Set(Object.keys(gradescopeTest.shape));

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The entries with known keys and a value; Gradescope keeps more than it was given, and a `null` breaks it. */
function known(record: Record<string, unknown>, keys: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).filter(([key, value]) => keys.has(key) && value !== null && value !== undefined),
  );
}

function usableResults(previous: PreviousSubmission): GradescopeResults | undefined {
  if (!previous.results) return undefined;
  const results = known(previous.results, RESULT_KEYS);
  if (Array.isArray(results.tests)) {
    results.tests = results.tests.filter(isRecord).map((test) => known(test, TEST_KEYS));
  }
  const parsed = gradescopeResults.safeParse(results);
  return parsed.success ? parsed.data : undefined;
}

function prefix(why: string, format: GradescopeResults['output_format']): string {
  if (format === 'html') return `<p><b>${escapeHtml(why)}</b></p>\n`;
  if (format === 'md') return `**${escapeMarkdown(why)}**\n\n`;
  return `${why}\n\n`;
}

/** The results of an earlier submission once more, with the reason on top; only its score where that is all there is. */
export function showAgain(options: {
  readonly previous: PreviousSubmission;
  readonly why: string;
  readonly extra?: Readonly<Record<string, unknown>>;
}): GradescopeResults {
  const { previous, why, extra = {} } = options;
  const results = usableResults(previous) ?? { score: previous.score ?? 0, output: '' };
  const message = prefix(why, results.output_format);
  const before = results.extra_data?.[MESSAGE];
  const output = results.output ?? '';
  const clean =
    typeof before === 'string' && output.startsWith(before) ? output.slice(before.length) : output;
  return gradescopeResults.parse({
    ...results,
    score: results.score ?? previous.score,
    output: clip(message + clean),
    extra_data: { ...results.extra_data, ...extra, [MESSAGE]: message },
  });
}
