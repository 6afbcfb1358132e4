import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bundler, type Bundle } from '../../grader/compile/bundle.ts';
import { openSandbox } from '../../grader/sandbox/launch.ts';

describe('bundling in the sandbox', () => {
  let root: string;
  const sandbox = openSandbox();
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'introspection-bundle-'));
    chmodSync(root, 0o755);
    mkdirSync(join(root, 'staged'), { mode: 0o755 });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  async function bundle(files: Record<string, string>): Promise<Bundle> {
    for (const [path, text] of Object.entries(files)) {
      writeFileSync(join(root, 'staged', path), text);
      chmodSync(join(root, 'staged', path), 0o644);
    }
    const bundler = new Bundler({ sandbox, tools: join(root, 'tools') });
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

  it('cannot inline what the sandboxed user may not read', async () => {
    const hidden = join(root, 'hidden.json');
    writeFileSync(hidden, '{"key":"the-hidden-answer"}', { mode: 0o600 });
    const result = await bundle({ 'a.ts': `import hidden from '${hidden}'; export const a = hidden;` });
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result)).not.toContain('the-hidden-answer');
  });
});
