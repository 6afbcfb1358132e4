/** The files of the self-test's template and of the submissions to it, by path. */
export type SourceFiles = Readonly<Record<string, string>>;

const NOT_IMPLEMENTED = `/** Thrown by a function of the template that has not been written yet. */
export class NotImplementedError extends Error {
  constructor(functionName: string) {
    super(\`\${functionName} is not implemented yet\`);
    this.name = 'NotImplementedError';
  }
}
`;

/** Given code: the grader calls it on what a submission returned. */
const CELSIUS = `import * as tf from '@tensorflow/tfjs';

export function toFahrenheit(celsius: tf.Tensor): tf.Tensor {
  return tf.tidy(() => celsius.mul(1.8).add(32));
}
`;

const TSCONFIG = `${JSON.stringify(
  {
    compilerOptions: {
      target: 'ES2022',
      lib: ['ES2023'],
      module: 'ESNext',
      moduleResolution: 'Bundler',
      allowImportingTsExtensions: true,
      noEmit: true,
      strict: true,
      skipLibCheck: true,
    },
    include: ['**/*.ts'],
  },
  undefined,
  2,
)}\n`;

const IMPORTS = `import * as tf from '@tensorflow/tfjs';
import { NotImplementedError } from '../contract/not-implemented-error.ts';
`;

interface Stub {
  readonly signature: string;
  readonly name: string;
}

const STUBS = {
  'parts/weather.ts': { name: 'warm', signature: 'warm(celsius: tf.Tensor, degrees: number): tf.Tensor' },
  'parts/poster.ts': { name: 'fade', signature: 'fade(height: number, width: number): tf.Tensor' },
  'parts/clock.ts': { name: 'tick', signature: 'tick(seconds: tf.Tensor): tf.Tensor' },
  'parts/visitor.ts': { name: 'count', signature: 'count(visits: tf.Tensor): tf.Tensor' },
} satisfies Record<string, Stub>;
type SolutionPath = keyof typeof STUBS;

export const SOLUTION_PATHS = Object.keys(STUBS) as SolutionPath[];

function stub({ signature, name }: Stub): string {
  const names = [...signature.matchAll(/\b(\w+):/g)].map(([, parameter]) => parameter);
  const unused = `void [${['tf.version', ...names].join(', ')}];`;
  return `${IMPORTS}\nexport function ${signature} {\n  ${unused}\n  throw new NotImplementedError('${name}');\n}\n`;
}

function solution(path: SolutionPath, body: string): string {
  const { signature } = STUBS[path];
  return `import * as tf from '@tensorflow/tfjs';\n\nexport function ${signature} {\n${body}\n}\n`;
}

function solutions(bodies: Record<SolutionPath, string>): SourceFiles {
  return Object.fromEntries(SOLUTION_PATHS.map((path) => [path, solution(path, bodies[path])]));
}

export const TEMPLATE: SourceFiles = {
  'tsconfig.json': TSCONFIG,
  'contract/not-implemented-error.ts': NOT_IMPLEMENTED,
  'given/celsius.ts': CELSIUS,
  ...Object.fromEntries(SOLUTION_PATHS.map((path) => [path, stub(STUBS[path])])),
};

export const RIGHT: SourceFiles = solutions({
  'parts/weather.ts': '  return tf.tidy(() => celsius.add(degrees));',
  'parts/poster.ts':
    '  return tf.tidy(() => tf.linspace(0, 1, width).reshape([1, width, 1]).tile([height, 1, 3]));',
  'parts/clock.ts': '  return tf.tidy(() => seconds.add(1).mod(60));',
  'parts/visitor.ts': '  return tf.tidy(() => visits.sum());',
});

/** Each part wrong in another way: values, a picture, an endless loop, a look at what is hidden. */
export const WRONG: SourceFiles = {
  ...solutions({
    'parts/weather.ts': '  return tf.mul(celsius, degrees);',
    'parts/poster.ts':
      "  console.log('fading');\n" +
      '  return tf.tidy(() => tf.linspace(1, 0, width).reshape([1, width, 1]).tile([height, 1, 3]));',
    'parts/clock.ts': '  for (;;) seconds.shape.length;',
    'parts/visitor.ts': '  return tf.scalar(0);',
  }),
  'parts/visitor.ts': `import { readdirSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';

export function count(visits: tf.Tensor): tf.Tensor {
  return tf.scalar(readdirSync('/autograder/source').length * visits.size);
}
`,
};
