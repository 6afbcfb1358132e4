import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownCourse } from '../../../authoring/course/compile-course.ts';
import type { CourseNetwork } from '../../../authoring/course/course-network.ts';
import {
  choosePictures,
  ownPaintings,
  type CoursePictures,
} from '../../../authoring/course/course-pictures.ts';
import { courseRoles } from '../../../authoring/course/course-roles.ts';
import { sceneRasters, writeGivenData } from '../../../authoring/course/given-data.ts';
import { tryClimb } from '../../../authoring/course/try-climb.ts';
import { tryTransfer } from '../../../authoring/course/try-transfer.ts';
import { checkRubric } from '../../../authoring/fixtures/check-rubric.ts';
import { recordAndJudge } from '../../../authoring/fixtures/record-and-judge.ts';
import { checkDefinition } from '../../../authoring/invariants/definition.ts';
import { expectedOn } from '../../../authoring/judging/expectation.ts';
import { mistakesOf } from '../../../authoring/judging/mistakes.ts';
import { generateTemplate } from '../../../authoring/template/generate.ts';
import type { AssignmentDefinition, PartDefinition } from '../../../grader/assignment/define.ts';
import type { Half } from '../../../grader/assignment/half.ts';
import { casesOf } from '../../../grader/checks/index.ts';
import { prepareBackend } from '../../../grader/tensorflow/index.ts';
import { assignment as embedded } from '../../../reference/assignment.ts';
import type { Roles } from '../../../reference/cases/roles.ts';
import { readOwnCourse } from '../../../reference/lib/course/own-course.ts';
import { storedImages } from '../../../reference/lib/course/stored-images.ts';
import { readSafetensors } from '../../../reference/lib/models/safetensors.ts';
import { preprocess } from '../../../reference/lib/picture/preprocess.ts';
import { toPixels } from '../../../reference/lib/picture/tensors.ts';
import { ROOT } from '../../../repository.ts';
import { randomNetwork, trainedNetwork } from './networks.ts';

let folder: string;
let network: CourseNetwork;
let pictures: CoursePictures;
let roles: Roles;
let data: Record<string, string>;
let assignment: AssignmentDefinition;

beforeAll(async () => {
  await prepareBackend({ backend: 'wasm' });
  folder = mkdtempSync(join(tmpdir(), 'course-'));
  network = trainedNetwork();
  pictures = choosePictures(network.classifier, ownPaintings(network.classifier.inputSize));
  const climb = await tryClimb(network.classifier, () => undefined);
  roles = courseRoles(network, pictures, {
    climb,
    ...tryTransfer(network.classifier, sceneRasters(pictures)),
  });
  data = writeGivenData(join(folder, 'given'), { assignment: embedded, network, pictures });
  assignment = ownCourse(roles, { alsoShipped: data }).assignment;
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

const partsOf = (ids: readonly string[]) => assignment.parts.filter(({ id }) => ids.includes(id));

/** Ids of the checks of a part that look at nothing else than those of another course. */
function unchangedChecks(part: PartDefinition, other: PartDefinition): string[] {
  const changed = part.cases.filter((one, i) => JSON.stringify(one) !== JSON.stringify(other.cases[i]));
  return checkRubric(part)
    .filter(({ check }) => !casesOf(check).some((id) => changed.some((one) => one.id === id)))
    .map(({ check }) => check.id);
}

it('a network of random weights, in which no ascent arrives anywhere, is refused in a sentence', async () => {
  await expect(tryClimb(randomNetwork().classifier, () => undefined)).rejects.toThrow(
    /^a course needs a class that gradient ascent reaches; of \d+ tried on random, none is seen after 11 steps/,
  );
});

describe('a course on another network', () => {
  it('is an assignment as any other: names, points and handouts agree', () => {
    expect(() => checkDefinition(assignment)).not.toThrow();
    expect(assignment.points).toBe(embedded.points);
  });

  it('ships weights and pictures among the given files of the template', () => {
    const template = generateTemplate({ root: ROOT, assignment });
    expect(Buffer.from(template.get('course/network.safetensors')!).equals(Buffer.from(network.bytes))).toBe(
      true,
    );
    const { given } = JSON.parse(String(template.get('submission.json'))) as {
      given: Record<string, string>;
    };
    for (const path of Object.keys(data)) expect(given).toHaveProperty([path]);
    expect(generateTemplate({ root: ROOT, assignment: embedded }).has('course/course.json')).toBe(false);
  });

  it('has pages that speak of its network, and promise of unknown pictures nothing', () => {
    const page = (name: string, of = assignment) =>
      String(generateTemplate({ root: ROOT, assignment: of }).get(`handouts/${name}.md`));
    const embeddedOnly: [string, RegExp][] = [
      ['style-transfer', /less than a minute|Three styles laid over one picture/],
      ['saliency-map', /They lie on the object|the maps follow the objects/],
      ['grad-cam', /lights up the body of the object|lights up the object/],
      ['class-visualization', /a star\b/],
    ];
    for (const [name, words] of embeddedOnly) {
      expect(page(name)).not.toMatch(words);
      expect(page(name, embedded)).toMatch(words);
    }
    expect(page('style-transfer')).not.toContain("the course's network, SqueezeNet 1.1");
    expect(page('README')).toContain('[course/NOTICE.md](../course/NOTICE.md)');
    expect(page('README', embedded)).not.toContain('NOTICE');
  });

  it('ships a notice with the licences of weights and pictures, and the parts that look into them', () => {
    const notice = String(readFileSync(data['course/NOTICE.md']));
    expect(notice).toContain('Network: trained, a SqueezeNet 1.1 of 10 classes. Licence of its weights: MIT');
    expect(notice).toMatch(/Pictures: Paintings and shapes of this project, MIT licence/);
    expect(notice).toMatch(/These parts look into this network: .*Saliency map.* All others/s);
  });

  it('changes the parts that look into its network, all that say so and no others, and there no id', () => {
    const changed = assignment.parts.filter(
      ({ cases }, i) => JSON.stringify(cases) !== JSON.stringify(embedded.parts[i].cases),
    );
    expect(changed.map(({ id }) => id)).toEqual([
      'class-visualization',
      'saliency-map',
      'grad-cam',
      'content-loss',
      'style-loss',
      'tv-loss',
      'style-transfer',
    ]);
    expect(embedded.parts.filter((part) => part.network === 'course').map(({ id }) => id)).toEqual(
      changed.map(({ id }) => id),
    );
    const ids = ({ parts }: AssignmentDefinition) =>
      parts.map(({ cases, checks }) => [
        cases.map(({ id }) => id),
        checks.map(({ id, points }) => [id, points]),
      ]);
    expect(ids(assignment)).toEqual(ids(embedded));
  });

  it('has other private inputs by a secret, and the same public ones', () => {
    const secretly = ownCourse(roles, {
      alsoShipped: data,
      secret: 'correct horse battery staple',
    }).assignment;
    const own = (half: Half, { parts }: AssignmentDefinition) =>
      parts.map(({ cases }) => cases.filter(({ visibility }) => visibility === half));
    expect(own('public', secretly)).toEqual(own('public', assignment));
    const changed = secretly.parts.filter(
      ({ cases }, i) => JSON.stringify(cases) !== JSON.stringify(assignment.parts[i].cases),
    );
    // The quiz has no cases.
    expect(changed.map(({ id }) => id)).toEqual(embedded.parts.slice(0, -1).map(({ id }) => id));
    expect({ ...secretly, parts: [] }).toEqual({ ...assignment, parts: [] });
  });

  it('is foretold other failures of a typical mistake only where a check looks at its network', () => {
    const foretold = assignment.parts.flatMap((part, i) =>
      [...mistakesOf(part.id)].flatMap(([name, mistake]) =>
        mistake.course ? [{ name, mistake, part, same: unchangedChecks(part, embedded.parts[i]) }] : [],
      ),
    );
    expect(foretold.length).toBeGreaterThan(5);
    for (const { name, mistake, part, same } of foretold) {
      const [here, there] = (['own', 'embedded'] as const).map((networks) => expectedOn(networks, mistake));
      const listed = ({ fails, skips, keeps }: typeof here) => [fails.toSorted(), skips.toSorted(), keeps];
      expect(listed(here), name).not.toEqual(listed(there));
      const ids = part.checks.map(({ id }) => id);
      expect(ids, name).toEqual(expect.arrayContaining([...here.fails, ...here.skips]));
      const failing = ({ fails }: typeof here) => same.filter((id) => fails.includes(id));
      expect(failing(here), name).toEqual(failing(there));
    }
  });

  it('speaks of its network where the embedded course speaks of its own', () => {
    const titles = partsOf(['saliency-map', 'content-loss']).flatMap(({ checks }) =>
      checks.map(({ title }) => title),
    );
    expect(titles.filter((title) => /embedded/.test(title))).toEqual([]);
    expect(titles.filter((title) => /SqueezeNet 1\.1/.test(title))).toHaveLength(2);
  });

  it('draws at home with the pictures that are graded', async () => {
    const own = await readOwnCourse(join(folder, 'given'));
    const { tensors } = readSafetensors(readFileSync(data['course/shown.safetensors']));
    const stored = Object.fromEntries(
      Object.entries(tensors).map(([name, { shape, data: values }]) => [name, tf.tensor(values, [...shape])]),
    );
    const graded = storedImages(stored, Object.keys(stored).toSorted());
    const drawn = preprocess(toPixels(own.pictures!));
    expect(tf.max(tf.abs(graded.sub(drawn))).dataSync()[0]).toBe(0);
    expect(own.parts).toEqual(embedded.parts.slice(0, 7).map(({ id }) => id));
    expect(own.labels).toEqual(pictures.shown.map(({ label }) => label));
    expect(own.model!.classNames).toEqual(network.classifier.classNames);
  });

  it('earns the reference all points and trivial answers none, twice with the same bytes', async () => {
    const { refusals, recording } = await recordAndJudge(assignment, {
      pages: checkDefinition(assignment),
      parts: partsOf(['saliency-map', 'tv-loss', 'content-loss']),
      twice: true,
      onCase: () => undefined,
    });
    expect(refusals).toEqual([]);
    const shown = recording.cases.find(
      ({ part, definition }) => part.id === 'saliency-map' && definition.id === 'picture',
    )!;
    // One call for each picture, and what is drawn of all of them.
    expect([...shown.calls.keys()]).toEqual(['maps', 'maps-2', 'maps-3', 'maps-4', 'maps-5', 'picture']);
  }, 240_000);
});
