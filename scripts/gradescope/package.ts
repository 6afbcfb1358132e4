import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { GraderError } from '../../grader/format/errors.ts';
import { MiB } from '../../grader/format/units.ts';
import { makePackage } from '../../packaging/builder/make-package.ts';
import { selfGrade } from '../../packaging/builder/self-grade.ts';
import { courseAt } from '../options/course.ts';
import { plainErrorsAs } from '../plain-errors.ts';

export interface PackageOptions {
  readonly course?: string;
  readonly out: string;
  readonly timeout: number;
  readonly timeFactor: number;
  readonly jobs: number;
  readonly isolation: 'strict' | 'auto';
  readonly node: string;
  readonly verify: boolean;
}

/**
 * Makes the package and, unless told not to, grades with it before it is written.
 * @throws GraderError where it does not grade right; then there is no zip
 */
export async function packageAndVerify(options: PackageOptions): Promise<void> {
  const { out, timeout, timeFactor, jobs, isolation, node, verify } = options;
  const course = await courseAt(options.course);
  // Neither one that fails nor an old one lies there to be uploaded by mistake.
  rmSync(out, { force: true });
  await plainErrorsAs(GraderError, async () => {
    const { zip, files, sha256 } = await makePackage(
      { timeoutMinutes: timeout, timeFactor, jobs, isolation },
      course,
    );
    const lines = verify
      ? await selfGrade({
          zip,
          nodePrefix: resolve(node),
          example: course.example,
          template: course.template,
          log: (text) => void process.stderr.write(text),
        })
      : [];
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, zip);
    console.log(`${out}: ${files.size} files, ${(zip.length / MiB).toFixed(2)} MiB, SHA-256 ${sha256}`);
    for (const line of lines) console.log(line);
  });
}
