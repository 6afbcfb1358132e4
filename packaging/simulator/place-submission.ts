import { cpSync, readFileSync, statSync } from 'node:fs';
import { unzip } from './unzip.ts';

/**
 * Puts a submission where `run_autograder` looks for it.
 * @param submission a zip as a student uploads it, or a folder
 */
export async function placeSubmission(submission: string, directory: string): Promise<void> {
  if (statSync(submission).isDirectory())
    cpSync(submission, directory, { recursive: true, verbatimSymlinks: true });
  else await unzip(readFileSync(submission), directory);
}
