import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bundler, type Bundle } from '../../grader/compile/bundle.ts';
import { withoutSourceMaps } from '../../grader/compile/source-map-comments.ts';
import { openSandbox } from '../../grader/sandbox/launch.ts';
import { WAYS } from '../hostile/ways.ts';

describe('bundling in the sandbox', () => {
  let root: string;
  const sandbox = openSandbox();
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'introspection-bundle-'));
    chmodSync(root, 0o755);
    mkdirSync(join(root, 'staged'), { mode: 0o755 });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  async function bundle(files: Record<string, string | Uint8Array>, using = sandbox): Promise<Bundle> {
    for (const [path, text] of Object.entries(files)) {
      writeFileSync(join(root, 'staged', path), text);
      chmodSync(join(root, 'staged', path), 0o644);
    }
    const bundler = new Bundler({ sandbox: using, tools: join(root, 'tools') });
    return bundler.bundle({ staged: join(root, 'staged'), modules: ['a.ts'] });
  }
  const problems = (result: Bundle) => (result.ok ? [] : result.problems);

  it('joins modules and leaves no import behind', async () => {
    const result = await bundle({
      'a.ts':
        "import * as tf from '@tensorflow/tfjs';\nimport { two } from './b.ts';\nexport const f = () => tf.scalar(two);",
      'b.ts': 'export const two = 2;',
    });
    expect(result.ok).toBe(true);
    expect(result.ok && result.code.toString()).not.toMatch(/^import /m);
  });

  it('names file, line, column and source line of a syntax error', async () => {
    const [first] = problems(await bundle({ 'a.ts': 'export const a = 1;\nexport const b = (;\n' }));
    expect(first).toMatchObject({ file: 'a.ts', line: 2, sourceLine: 'export const b = (;' });
    expect(first.column).toBeGreaterThan(1);
  });

  it.each(["import 'node:fs';", "import 'lodash';", "import './nowhere.ts';"])('refuses %s', async (text) => {
    const [first] = problems(await bundle({ 'a.ts': text }));
    expect(first).toMatchObject({ file: 'a.ts', line: 1 });
    expect(first.message).toMatch(/Could not resolve/);
  });

  it.each(WAYS)('quotes no other file that the code names as its source map: $name', async ({ without }) => {
    const secret = join(root, 'secret.txt');
    writeFileSync(secret, 'the-hidden-answer\n');
    chmodSync(secret, 0o644);
    const text = `export const a = 1;\n//# sourceMappingURL=${secret}\n`;
    const result = await bundle({ 'a.ts': text }, openSandbox({ without }));
    expect(JSON.stringify(problems(result))).not.toMatch(/the-hidden-answer|secret/);
    const kept = withoutSourceMaps(new Map([['a.ts', Buffer.from(text)]]));
    const clean = await bundle(Object.fromEntries(kept), openSandbox({ without }));
    expect(problems(clean)).toEqual([]);
    expect(clean.ok && clean.code.toString()).not.toContain('the-hidden-answer');
  });

  it('keeps what it says of a submission short', async () => {
    const name = 'x'.repeat(50_000);
    const found = problems(await bundle({ 'a.ts': `import './${name}.ts';\nexport const a = 1;\n` }));
    expect(found.at(-1)).toMatchObject({ file: 'a.ts', line: 1 });
    for (const { message, sourceLine } of found) {
      expect(message.length).toBeLessThanOrEqual(400);
      expect(sourceLine.length).toBeLessThanOrEqual(120);
    }
  });

  it('cannot inline what the sandboxed user may not read', async () => {
    const hidden = join(root, 'hidden.json');
    writeFileSync(hidden, '{"key":"the-hidden-answer"}', { mode: 0o600 });
    const result = await bundle({ 'a.ts': `import hidden from '${hidden}'; export const a = hidden;` });
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result)).not.toContain('the-hidden-answer');
  });
});
