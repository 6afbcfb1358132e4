import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changedOverlay, variantsOf } from '../../../authoring/known-mistakes/variants.ts';

const overlay = new Map([
  ['a.ts', Buffer.from('const sum = x + y;\r\nconst mean = sum / n;\r\n')],
  ['b.ts', Buffer.from('export { mean };\n')],
]);

describe('a mistake made once more in another solution', () => {
  it('has each text changed wherever it stands, and all else left', () => {
    const changed = changedOverlay('tests', overlay, [['sum', 'total']]);
    expect(changed.get('a.ts')).toBe('const total = x + y;\nconst mean = total / n;\n');
    expect(changed.get('b.ts')).toBe('export { mean };\n');
  });

  it('takes what replaces a text as it is', () => {
    expect(changedOverlay('tests', overlay, [['mean', '$&']]).get('b.ts')).toBe('export { $& };\n');
  });

  it('is refused where a text to change is not there', () => {
    expect(() => changedOverlay('tests: product', overlay, [['x * y', 'x']])).toThrow(
      'tests: product: the solution has no x * y',
    );
  });

  it('is refused where a mistake has two of them', () => {
    const folder = mkdtempSync(join(tmpdir(), 'variants-'));
    try {
      const variant = { mistake: 'diagonal', style: 'mirrored', changes: [['export', 'export']] };
      writeFileSync(join(folder, 'tv-loss.json'), JSON.stringify([variant]));
      expect([...variantsOf('tv-loss', folder).keys()]).toEqual(['diagonal']);
      writeFileSync(join(folder, 'tv-loss.json'), JSON.stringify([variant, variant]));
      expect(() => variantsOf('tv-loss', folder)).toThrow('diagonal: there are two variants of it');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is none in a part without variants', () => {
    expect(variantsOf('no-such-part').size).toBe(0);
  });
});
