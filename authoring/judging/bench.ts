import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { GraderError } from '../../grader/format/errors.ts';
import { filesBelow } from '../../grader/format/files-below.ts';
import { sha256OfFiles } from '../../grader/format/sha256.ts';
import { grade } from '../../grader/pipeline/grade.ts';
import type { JudgedPart } from '../../grader/pipeline/grade-options.ts';
import type { CheckResult } from '../../grader/report/grade-report.ts';
import { openSandbox } from '../../grader/sandbox/launch.ts';
import type { Sandbox } from '../../grader/sandbox/sandbox.ts';
import { FIXTURES, ROOT, TEMPLATE } from '../../repository.ts';
import { overlaid, type Overlay } from './overlaid.ts';

const HALVES = [join(FIXTURES, 'public'), join(FIXTURES, 'private')];

/** Where and how a submission is run. */
export interface Setting {
  readonly backend: 'wasm' | 'cpu';
  readonly threads: number;
}

/** Time limits are not what is judged here, and other programs may run beside. */
const TIME_FACTOR = { wasm: 4, cpu: 20 } as const;

/** Judges submissions to single parts, as the grader would, all in one sandbox. */
export class JudgingBench {
  readonly #sandbox: Sandbox = openSandbox();

  /**
   * The checks of a part on the reference with some files replaced.
   * @param onJudged told of all that the checks looked at
   * @throws GraderError where a check could not be judged, which says nothing of the submission
   */
  async judge(
    part: string,
    overlay: Overlay,
    { backend, threads }: Setting,
    onJudged?: (judged: JudgedPart) => void,
  ): Promise<readonly CheckResult[]> {
    const submission = overlaid(overlay);
    const troubles: string[] = [];
    try {
      const { parts } = await grade({
        submission: submission.folder,
        assignment: HALVES,
        template: TEMPLATE,
        dependencies: ROOT,
        sandbox: this.#sandbox,
        parts: [part],
        types: false,
        backend,
        threads,
        timeFactor: TIME_FACTOR[backend],
        onTrouble: (message) => void troubles.push(message),
        ...(onJudged ? { onJudged } : {}),
      });
      const checks = parts.flatMap((one) => one.checks);
      const errored = checks.find(({ outcome }) => outcome === 'errored');
      if (errored) throw new GraderError([`${part}/${errored.id}`, ...troubles].join(': '));
      return checks;
    } finally {
      submission.remove();
    }
  }

  close(): Promise<void> {
    return this.#sandbox.close();
  }
}

/** The files of a folder of the corpus that are submitted. */
export function overlayOf(folder: string): Overlay {
  return new Map(
    filesBelow(folder)
      .filter((path) => path !== 'README.md' && path !== 'expect.json')
      .map((path) => [path, readFileSync(join(folder, path))]),
  );
}

/** What students read and what a check is worth change no verdict. */
const WORDS: ReadonlySet<string> = new Set(['title', 'hint', 'points', 'bonus', 'group']);

/**
 * A hash over a part's cases, checks and expected values. What else a verdict depends on is not in it: the grader, the
 * given code that students get, and the reference's own files.
 */
export function hashOfPart(part: string): string {
  const files = new Map<string, Uint8Array>();
  for (const half of HALVES) {
    const { parts } = JSON.parse(readFileSync(join(half, 'assignment.json'), 'utf8')) as {
      readonly parts: readonly { readonly id: string }[];
    };
    const text = JSON.stringify(
      parts.find(({ id }) => id === part),
      (key, value: unknown) => (WORDS.has(key) ? undefined : value),
    );
    files.set(`${half}/part.json`, Buffer.from(text ?? ''));
    const data = join(half, part);
    if (!existsSync(data)) continue;
    for (const path of filesBelow(data)) {
      // The one says where the values came from, which lie beside it; the other is what given code makes.
      if (!/(?:^|\/)(?:meta\.json|given\.safetensors)$/.test(path))
        files.set(join(data, path), readFileSync(join(data, path)));
    }
  }
  return sha256OfFiles(new Map([...files].map(([path, bytes]) => [relative(FIXTURES, path), bytes])));
}

/** A short hash over some files and what they are judged by. */
export function keyOf(partHash: string, overlay: Overlay, setting?: Setting): string {
  const bytes = new Map([...overlay].map(([path, content]) => [path, Buffer.from(content)]));
  const how = setting ? `${setting.backend} ${setting.threads}` : '';
  return sha256OfFiles(new Map([...bytes, ['#', Buffer.from(`${partHash} ${how}`)]])).slice(0, 12);
}
