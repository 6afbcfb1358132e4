import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { embeddedCourse, writeCourse } from '../../../authoring/course/compile-course.ts';
import { networksOf, placesIn } from '../../../authoring/course/folder.ts';
import { PRIVATE_SEED_FILE, PrivateDraws, seedOfCase } from '../../../authoring/course/private-seed.ts';
import { compileAssignment } from '../../../authoring/fixtures/compile.ts';
import { recordAndJudge } from '../../../authoring/fixtures/record-and-judge.ts';
import type { Recording } from '../../../authoring/fixtures/record.ts';
import { checkDefinition } from '../../../authoring/invariants/definition.ts';
import type {
  AssignmentDefinition,
  CaseDefinition,
  PartDefinition,
  TensorData,
} from '../../../grader/assignment/define.ts';
import type { Half } from '../../../grader/assignment/half.ts';
import { KNOWN_MISTAKES } from '../../../grader/assignment/load.ts';
import { filesBelow } from '../../../grader/format/files-below.ts';
import { floats } from '../../../grader/format/literals.ts';
import { settings } from '../../../grader/gradescope/settings.ts';
import { packageContents } from '../../../packaging/builder/contents.ts';
import { kitContents } from '../../../packaging/kit/kit-contents.ts';
import { assignment as embedded } from '../../../reference/assignment.ts';
import { FIXTURES, TEMPLATE } from '../../../repository.ts';

const SECRET = 'correct horse battery staple';
const OTHER = 'another text, not to be guessed';

const { assignment: course } = embeddedCourse(SECRET);
const { assignment: other } = embeddedCourse(OTHER);

const casesBy = ({ parts }: AssignmentDefinition, visibility: Half) =>
  new Map(
    parts.flatMap(({ id, cases }) =>
      cases.filter((one) => one.visibility === visibility).map((one) => [`${id}/${one.id}`, one] as const),
    ),
  );

describe('the seed of a private case', () => {
  it('is an HMAC-SHA-256, as openssl computes it', () => {
    expect(seedOfCase(SECRET, { part: 'tv-loss', id: 'batch' })).toBe(
      '7ae2c90bdffe3df2f57f92764a375b6dc7ca489c40b79d50c9d432c128a03c51',
    );
  });

  it('is another for another case, part, draw or secret', () => {
    const seeds = [SECRET, OTHER].flatMap((secret) =>
      ['tv-loss', 'style-loss'].flatMap((part) =>
        ['batch', 'one-row'].flatMap((id) => [1, 2].map((draw) => seedOfCase(secret, { part, id }, draw))),
      ),
    );
    expect(new Set(seeds).size).toBe(16);
  });
});

describe('draws by a secret', () => {
  const drawnBy = (seed: string): AssignmentDefinition => {
    const one = (id: string, visibility: Half): CaseDefinition => ({
      ...{ id, visibility, calls: [], derived: [] },
      inputs: { drawn: floats([seed.length], Float32Array.from(Buffer.from(seed))) },
    });
    const [part] = embedded.parts;
    const cases = [one('a', 'private'), one('b', 'public'), one('c', 'private')];
    return { ...embedded, parts: [{ ...part, id: 'p', cases }] };
  };
  const seedsIn = ({ cases }: PartDefinition) =>
    cases.map(({ id, inputs }) => [id, Buffer.from(inputs.drawn.data).toString()]);
  const seed = (id: string, draw: number) => seedOfCase(SECRET, { part: 'p', id }, draw);

  it('give each private case a seed of its own and leave public ones as they are', () => {
    const before = drawnBy('public');
    const [part] = new PrivateDraws(SECRET, drawnBy).first(before).parts;
    expect(seedsIn(part)).toEqual([
      ['a', seed('a', 1)],
      ['b', 'public'],
      ['c', seed('c', 1)],
    ]);
    expect(part.cases[1]).toBe(before.parts[0].cases[1]);
  });

  it('draw again the private cases that turned out bad, and no others, not for ever', () => {
    const draws = new PrivateDraws(SECRET, drawnBy);
    const [part] = draws.first(drawnBy('public')).parts;
    expect(draws.again(part, new Set(['b']))).toBeUndefined();
    const again = draws.again(part, new Set(['b', 'c']))!;
    expect(again.drawn).toEqual(['c']);
    expect(seedsIn(again.part)).toEqual([
      ['a', seed('a', 1)],
      ['b', 'public'],
      ['c', seed('c', 2)],
    ]);
    let last: PartDefinition | undefined = part;
    let count = 2;
    for (; last && count < 100; count++) last = draws.again(last, new Set(['c']))?.part;
    expect(count).toBeLessThan(100);
  });

  it('draw no case again that draws nothing', () => {
    const draws = new PrivateDraws(SECRET, () => drawnBy('always the same'));
    const [part] = draws.first(drawnBy('public')).parts;
    expect(draws.again(part, new Set(['a', 'c']))).toBeUndefined();
  });
});

describe('the embedded course by a secret', () => {
  it('has other private inputs than by no secret or another one, where anything is drawn, and the same public ones', () => {
    expect(casesBy(course, 'public')).toEqual(casesBy(embedded, 'public'));
    const drawn = casesBy(course, 'private');
    expect([...drawn.keys()]).toEqual([...casesBy(embedded, 'private').keys()]);
    // docs/course.md and docs/security.md say how many there are, and which draw nothing.
    expect(drawn.size).toBe(79);
    for (const one of [embedded, other]) {
      const same = [...casesBy(one, 'private')].filter(
        ([name, definition]) => JSON.stringify(definition) === JSON.stringify(drawn.get(name)),
      );
      expect(same.map(([name]) => name)).toEqual([
        'class-visualization/climb',
        'style-loss/equal',
        'tv-loss/flat',
        'style-transfer/layers',
        'style-transfer/whole-run',
        'contrastive/robust-mistake',
        'minimal-change/price',
        'minimal-change/robust-mistake',
      ]);
    }
  });

  it('hands no call the secret, nor the seed of another case', () => {
    const cases = [...casesBy(course, 'private').keys()].map((name) => {
      const [part, id] = name.split('/');
      return { name, seed: seedOfCase(SECRET, { part, id }) };
    });
    for (const [name, { calls, derived }] of casesBy(course, 'private')) {
      const plan = JSON.stringify([calls, derived]);
      expect(plan).not.toContain(SECRET);
      expect(cases.filter(({ seed }) => plan.includes(seed)).every((one) => one.name === name)).toBe(true);
    }
    // Some are handed their own.
    const told = JSON.stringify(course.parts.find(({ id }) => id === 'clever-hans')!.cases);
    expect(told).toContain(seedOfCase(SECRET, { part: 'clever-hans', id: 'experiment-lightness' }));
  });
});

/** The reference on one part of an assignment. */
const recorded = async (assignment: AssignmentDefinition, part: string): Promise<Recording> => {
  const { recording, refusals } = await recordAndJudge(assignment, {
    pages: checkDefinition(assignment),
    parts: assignment.parts.filter(({ id }) => id === part),
    twice: false,
    onCase: () => undefined,
  });
  expect(refusals).toEqual([]);
  return recording;
};

it('records a part again with other cases where what was drawn makes a bad test', async () => {
  const isNoise = ({ id }: CaseDefinition): boolean => id === 'batch';
  const right = course.parts.find(({ id }) => id === 'tv-loss')!;
  const even = (one: CaseDefinition): CaseDefinition => ({
    ...one,
    inputs: { image: { ...one.inputs.image, data: one.inputs.image.data.map(() => 1) } as TensorData },
  });
  const wrong = { ...right, cases: right.cases.map((one) => (isNoise(one) ? even(one) : one)) };
  const told: (string | undefined)[] = [];
  const { recording, parts, refusals } = await recordAndJudge(course, {
    pages: checkDefinition(course),
    parts: [wrong],
    twice: false,
    onCase: () => undefined,
    again: (part, found) => {
      told.push(part.id, ...new Set(found.flatMap(({ cases }) => cases ?? [])));
      return right;
    },
  });
  expect(told).toEqual(['tv-loss', 'batch']);
  expect(refusals).toEqual([]);
  expect(parts).toEqual([right]);
  expect(recording.cases.map(({ definition }) => definition)).toEqual(right.cases);
}, 120_000);

it('the same secret draws the same again', () => {
  expect(embeddedCourse(SECRET).assignment).toEqual(course);
});

describe('a course that is written', () => {
  let folder: string;
  let ofOther: ReturnType<typeof compileAssignment>;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'private-seed-'));
    const recording = await recorded(course, 'tv-loss');
    await writeCourse(course, { recording, directory: folder, secret: SECRET });
    ofOther = compileAssignment(other, await recorded(other, 'tv-loss'));
  }, 180_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  const filesOf = (below: string): Map<string, string> => {
    const root = join(folder, below);
    return new Map(filesBelow(root).map((path) => [path, readFileSync(join(root, path), 'latin1')]));
  };

  it('has other private inputs than one by another secret, and the same public half', () => {
    const isKnown = (path: string) => path.includes(KNOWN_MISTAKES);
    const same = [...filesOf('fixtures')].filter(
      ([path, text]) => isKnown(path) || Buffer.from(ofOther.get(path)!).equals(Buffer.from(text, 'latin1')),
    );
    const paths = same.map(([path]) => path);
    expect(paths.filter((path) => path.startsWith('public/'))).toEqual(
      [...filesOf('fixtures').keys()].filter((path) => path.startsWith('public/')),
    );
    expect(paths.filter((path) => /^private.*inputs\.safetensors$/.test(path))).toEqual([
      'private/tv-loss/flat/inputs.safetensors',
    ]);
  });

  it('has the template and the public half that come with the project, and looks into their networks', () => {
    const places = placesIn(folder);
    const committed = (path: string) => readFileSync(path, 'latin1');
    for (const [path, text] of filesOf('template')) expect(text, path).toBe(committed(join(TEMPLATE, path)));
    const half = filesOf('fixtures/public');
    for (const [path, text] of half) expect(text, path).toBe(committed(join(FIXTURES, 'public', path)));
    expect([...half.keys()]).toEqual(expect.arrayContaining(['assignment.json', 'tv-loss/image/meta.json']));
    expect(networksOf(places)).toBe('embedded');
  });

  it('knows mistakes by what they return on public cases alone', () => {
    const known = (half: Half) =>
      [...filesOf(`fixtures/${half}`).keys()].filter((path) => path.startsWith(KNOWN_MISTAKES));
    expect(known('public')).toContain(`${KNOWN_MISTAKES}/tv-loss.json`);
    expect(known('private')).toEqual([]);
  });

  it('keeps the secret in one file, which its owner alone reads and neither kit nor package holds', async () => {
    const places = placesIn(folder);
    const file = join(folder, PRIVATE_SEED_FILE);
    expect(readFileSync(file, 'utf8')).toBe(`${SECRET}\n`);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    const holding = [...filesOf('.')].filter(([, text]) => text.includes(SECRET));
    expect(holding.map(([path]) => path)).toEqual([PRIVATE_SEED_FILE]);
    const kit = await kitContents(places);
    const autograder = await packageContents({ ...places, settings: settings.parse({}) });
    const seeds = ['batch', 'one-row'].map((id) => seedOfCase(SECRET, { part: 'tv-loss', id }));
    for (const files of [kit.files, kit.engine, autograder]) {
      expect(files.size).toBeGreaterThan(50);
      const found = [...files].filter(
        ([path, bytes]) => path === PRIVATE_SEED_FILE || Buffer.from(bytes).includes(SECRET),
      );
      expect(found).toEqual([]);
    }
    for (const [, bytes] of [...kit.files, ...kit.engine])
      expect(seeds.some((seed) => Buffer.from(bytes).includes(seed))).toBe(false);
  }, 120_000);
});
