/** Where the collect script leaves what it knows. */
const MANIFEST = 'submission-manifest.json';
/** It names the kit before the files. */
const HEAD_BYTES = 4096;

/** The version of the kit that a submission says it was packed with; undefined where it says none. Text of anybody's. */
export function kitOfSubmission(files: ReadonlyMap<string, Uint8Array>): string | undefined {
  const head = Buffer.from(files.get(MANIFEST) ?? []).toString('latin1', 0, HEAD_BYTES);
  return /"kit": ?"([\w.+-]{1,60})"/.exec(head)?.[1];
}
