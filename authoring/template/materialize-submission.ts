import type { ShippedFile } from './layout.ts';
import { materialize } from './materialize.ts';

/** The reference as a student would submit it: solution files without markers, and documents, by template path. */
export function materializeSubmission({ files }: { files: readonly ShippedFile[] }): Map<string, string> {
  const whole = materialize({ files, mode: 'solution' });
  const submission = new Map<string, string>();
  for (const { templatePath, role } of files) {
    const text = whole.get(templatePath);
    if ((role === 'solution' || role === 'document') && typeof text === 'string')
      submission.set(templatePath, text);
  }
  return submission;
}
