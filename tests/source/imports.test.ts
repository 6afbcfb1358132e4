import { describe, expect, it } from 'vitest';
import { GraderError } from '../../grader/format/errors.ts';
import { check, lines } from './check.ts';

const imports = (text: string, templateText = '') => check(text, { rules: ['imports'], templateText });

describe('the rule imports', () => {
  it.each([
    "import * as tf from '@tensorflow/tfjs';",
    "import type { Tensor } from '@tensorflow/tfjs';",
    "import { second } from './second.ts';",
    "import { second } from './second';",
    "import { second } from './second.js';",
    "import { E } from '../contract/error.ts';",
    "import * as lib from '../lib';",
    "export { tool } from '../lib/tool.ts';",
    "const tool = await import('../lib/tool.ts');",
    'const where = import.meta.url;',
    'const text = \'import fs from "node:fs"\';',
  ])('allows %s', (text) => {
    expect(imports(text)).toEqual([]);
  });

  const forbidden: [string, string][] = [
    ["import fs from 'node:fs';", 'node:fs'],
    ["import 'node:fs';", 'node:fs'],
    ["import type { Stats } from 'fs';", 'fs'],
    ["import fs = require('fs');", 'fs'],
    ["export * from 'node:vm';", 'node:vm'],
    ["export { a } from 'node:vm';", 'node:vm'],
    ["const fs = await import('node:fs');", 'node:fs'],
    ['const fs = await import(`node:fs`);', 'node:fs'],
    ["const fs = require('node:fs');", 'node:fs'],
    ["const fs = require.resolve('node:fs');", 'node:fs'],
    ["const fs = (require)('node:fs');", 'node:fs'],
    ["const fs = require!('node:fs');", 'node:fs'],
    ["const fs = (require<any>)('node:fs');", 'node:fs'],
    ["const fs = (require as any)('node:fs');", 'node:fs'],
    ["const fs = ((require) satisfies any)('node:fs');", 'node:fs'],
    ["let x: import('node:fs').Stats;", 'node:fs'],
    ["let x: typeof import('node:fs');", 'node:fs'],
    ["import { tf } from '@tensorflow/tfjs/dist/index.js';", '@tensorflow/tfjs/dist/index.js'],
    ["import '@tensorflow/tfjs-node';", '@tensorflow/tfjs-node'],
    ["import key from '/work/answers.json';", '/work/answers.json'],
    ["import key from 'file:///work/answers.json';", 'file:///work/answers.json'],
    ["import key from 'data:text/javascript,1';", 'data:text/javascript,1'],
    ["import { helper } from './helper.ts';", './helper.ts'],
    ["import key from '../../fixtures/private/key.json';", '../../fixtures/private/key.json'],
    ["import key from './second.ts?raw';", './second.ts?raw'],
    ["import key from '../solve/../../solve/second.ts';", '../solve/../../solve/second.ts'],
    ['/// <reference path="../../hidden.d.ts" />', '../../hidden.d.ts'],
    ['/// <reference types="node" />', 'node'],
    ['/// <reference lib="dom" />', 'dom'],
  ];
  it.each(forbidden)('forbids %s', (text, named) => {
    const found = imports(`const before = 1;\n${text}`.replace(/^.*\n(?=\/\/\/)/, ''));
    expect(found).toHaveLength(1);
    expect(found[0].message).toContain(`imports \`${named}\``);
  });

  it('forbids names that are computed at run time', () => {
    const found = imports(
      "const name = 'node:' + 'fs';\nawait import(name);\nrequire(name);\nawait import(`node:${name}`);",
    );
    expect(lines(found)).toEqual(
      ['2:7', '3:1', '4:7'].map(
        (place) =>
          `${place} imports a computed name; only @tensorflow/tfjs and the template's own files may be imported`,
      ),
    );
  });

  it('says what to do about an import that came with the completion of a name', () => {
    expect(lines(imports("import { sum } from 'fs';"))).toEqual([
      "1:1 imports `fs`; only @tensorflow/tfjs and the template's own files may be imported; if your editor added this line, delete it",
    ]);
  });

  it('tells a missing file from a foreign package', () => {
    expect(lines(imports("import { a } from './typo.ts';"))).toEqual([
      "1:1 imports `./typo.ts`, which is not a file of the template; only @tensorflow/tfjs and the template's own files may be imported",
    ]);
  });

  it('allows what the template itself imports, and packages by name', () => {
    const text = "import { deflateSync } from 'node:zlib';";
    expect(imports(text, text)).toEqual([]);
    expect(check(text, { rules: ['imports'], packages: ['node:zlib'] })).toEqual([]);
    expect(check("import '@tensorflow/tfjs';", { rules: ['imports'], packages: [] })).toHaveLength(1);
  });

  it('needs the modules', () => {
    expect(() =>
      check('', { rules: ['imports'], modules: undefined as unknown as ReadonlySet<string> }),
    ).toThrow(GraderError);
  });
});
