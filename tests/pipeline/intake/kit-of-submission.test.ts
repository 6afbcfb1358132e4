import { describe, expect, it } from 'vitest';
import { packSubmission } from '../../../collect_submission.ts';
import { kitOfSubmission } from '../../../grader/pipeline/intake/kit-of-submission.ts';
import { unzipped } from '../../packaging/kit/unzipped.ts';

const manifest = (text: string): Map<string, Uint8Array> =>
  new Map([['submission-manifest.json', Buffer.from(text)]]);

describe('the kit that a submission was packed with', () => {
  it('is read from what the collect script writes', async () => {
    const files = [{ path: 'a.ts', bytes: Buffer.from('a') }];
    const zip = await unzipped(await packSubmission({ name: 's.zip', files, kit: '0.2.0-a12bc3de4567f8' }));
    expect(kitOfSubmission(zip)).toBe('0.2.0-a12bc3de4567f8');
    const plain = await unzipped(await packSubmission({ name: 's.zip', files }));
    expect(kitOfSubmission(plain)).toBeUndefined();
  });

  it.each([
    ['no manifest', new Map<string, Uint8Array>()],
    ['one that is no JSON', manifest('{')],
    ['a version that is no plain word', manifest('{"kit": "<b>now</b>"}')],
    ['one that is too long', manifest(`{"kit": "${'a'.repeat(100)}"}`)],
    ['one far behind', manifest(`{${' '.repeat(5000)}"kit": "0.1.0"}`)],
  ])('is not known of %s', (_, files) => {
    expect(kitOfSubmission(files)).toBeUndefined();
  });
});
