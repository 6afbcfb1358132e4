import type { RandomStream } from '../../reference/lib/random.ts';
import { pick } from './people.ts';
import type { Files, Solutions } from './solutions.ts';

/** What everybody starts from. */
export interface Course {
  /** A right solution of everything, pictures among it. */
  readonly whole: Files;
  /** The stubs. */
  readonly template: Files;
  readonly solutions: readonly Solutions[];
}

const REMARKS = [
  '// Follows the handout step by step.',
  '// Compared with the formula on paper first.',
  '// Checked on the small example of the handout.',
  '// Second attempt; the first one mixed up the axes.',
  '// Written together with the notes of lecture 9.',
];

/** Of those who know much about everything, the share of parts that are right; of the others less. */
const LEAST_SKILL = 0.35;
const MOST_SKILL = 0.97;
const LEFT_OPEN = 0.25;
const WITHOUT_PICTURES = 0.1;
const WINDOWS = 0.1;
const MARKED = 0.05;

/** A file as it may come from somebody's editor: a remark of theirs, line ends of Windows, a byte order mark. */
function edited(path: string, content: Buffer, random: RandomStream): Buffer {
  if (!path.endsWith('.ts')) return content;
  let text = `${pick(REMARKS, random)}\n${content.toString('utf8')}`;
  if (random.uniform() < WINDOWS) text = text.replaceAll('\n', '\r\n');
  if (random.uniform() < MARKED) text = `\uFEFF${text}`;
  return Buffer.from(text);
}

/** The files that the solutions of a part consist of. */
function filesOf({ right, wrong }: Solutions): string[] {
  return [...new Set([...right, ...wrong].flatMap((files) => [...files.keys()]))];
}

/** One student's submission: each part right, wrong in a known way, or left as it was. The same for the same stream. */
export function inventSubmission({ whole, template, solutions }: Course, random: RandomStream): Files {
  const files = new Map(whole);
  const skill = random.uniform(LEAST_SKILL, MOST_SKILL);
  for (const one of solutions) {
    const drawn = random.derive(one.part);
    const isRight = drawn.uniform() < skill;
    const isOpen = !isRight && drawn.uniform() < LEFT_OPEN;
    if (isOpen) {
      for (const path of filesOf(one)) {
        const stub = template.get(path);
        if (stub) files.set(path, stub);
      }
      continue;
    }
    // A right solution is as often the usual one as another.
    const chosen = isRight
      ? drawn.uniform() < 0.5
        ? undefined
        : pick(one.right, drawn)
      : pick(one.wrong, drawn);
    for (const [path, content] of chosen ?? []) files.set(path, content);
  }
  const hasPictures = random.uniform() >= WITHOUT_PICTURES;
  const kept = [...files].filter(([path]) => hasPictures || !path.endsWith('.png'));
  return new Map(kept.map(([path, content]) => [path, edited(path, content, random.derive(path))]));
}
