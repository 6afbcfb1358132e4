import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownCourse } from '../../../authoring/course/compile-course.ts';
import { mistakesOf } from '../../../authoring/course/course-mistakes.ts';
import { openCourseNetwork, type CourseNetwork } from '../../../authoring/course/course-network.ts';
import { checkPartner, choosePair, type CoursePair } from '../../../authoring/course/course-pair.ts';
import {
  choosePictures,
  ownPaintings,
  type CoursePictures,
  type PictureSource,
} from '../../../authoring/course/course-pictures.ts';
import { courseRoles } from '../../../authoring/course/course-roles.ts';
import { sceneRasters, writeGivenData } from '../../../authoring/course/given-data.ts';
import { tryClimb } from '../../../authoring/course/try-climb.ts';
import { tryTransfer } from '../../../authoring/course/try-transfer.ts';
import { recordAndJudge } from '../../../authoring/fixtures/record-and-judge.ts';
import { checkDefinition } from '../../../authoring/invariants/definition.ts';
import { generateTemplate } from '../../../authoring/template/generate.ts';
import type { AssignmentDefinition } from '../../../grader/assignment/define.ts';
import { prepareBackend } from '../../../grader/tensorflow/index.ts';
import { assignment as embedded, assignmentWith } from '../../../reference/assignment.ts';
import { readOwnCourse } from '../../../reference/lib/course/own-course.ts';
import { embeddedWeightsPath } from '../../../reference/lib/models/embedded.ts';
import { preprocess } from '../../../reference/lib/picture/preprocess.ts';
import { toPixels } from '../../../reference/lib/picture/tensors.ts';
import { shapeBatch } from '../../../reference/lib/shapes/shape-batch.ts';
import { ROOT } from '../../../repository.ts';
import { randomNetwork, trainedNetwork } from './networks.ts';

const PAIRED = ['saliency-variants', 'attribution', 'contrastive', 'minimal-change'];

/** The other network that comes with the course, as if an instructor had brought it. */
const partner = (): CourseNetwork => ({
  ...openCourseNetwork({ name: 'partner', file: embeddedWeightsPath('standard') }),
  licence: 'MIT',
});

/** Drawn shapes with their true classes. */
function labelledShapes(side: number, count: number, moved = 0): PictureSource {
  const labels = Array.from({ length: count }, (_, i) => i % 10);
  const { images } = shapeBatch({ seed: 'pair', start: 0, count, size: side, labels });
  const length = side * side * 3;
  return {
    ...ownPaintings(side),
    explained: labels.map((label, i) => ({
      name: `picture ${i}`,
      raster: () => ({ width: side, height: side, data: images.slice(i * length, (i + 1) * length) }),
      label: (label + moved) % 10,
    })),
  };
}

let folder: string;
let network: CourseNetwork;
let robust: CourseNetwork;
let source: PictureSource;
let pictures: CoursePictures;

beforeAll(async () => {
  await prepareBackend({ backend: 'wasm' });
  folder = mkdtempSync(join(tmpdir(), 'course-pair-'));
  network = trainedNetwork();
  robust = partner();
  source = labelledShapes(network.classifier.inputSize, 40);
  pictures = choosePictures(network.classifier, source);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('a second network', () => {
  it('has to be another one of the same architecture and classes, or a sentence says why not', () => {
    expect(() => checkPartner(network, robust)).not.toThrow();
    expect(() => checkPartner(network, randomNetwork())).toThrow(
      /^random cannot stand beside trained: it is a SqueezeNet 1\.0, the other a SqueezeNet 1\.1; --robust names/,
    );
    expect(() => checkPartner(network, { ...trainedNetwork(), name: 'again' })).toThrow(
      /^again cannot stand beside trained: both have the same weights;/,
    );
    const classNames = robust.classifier.classNames.with(3, 'teapot');
    const others = { ...robust, classifier: { ...robust.classifier, classNames } };
    expect(() => checkPartner(network, others)).toThrow(/its class 3 is teapot, that of the other /);
    const fewer = { ...robust, classifier: { ...robust.classifier, classNames: classNames.slice(1) } };
    expect(() => checkPartner(network, fewer)).toThrow(/it knows 9 classes, the other 10;/);
  });
});

describe('the mistakes of a network', () => {
  it('are pictures that it really takes for another class, whole ones first, the same each time', () => {
    const few = () => [...mistakesOf(network.classifier, source.explained)].slice(0, 4);
    const found = few();
    for (const { raster, predicted, actual, isTrue } of found) {
      const scores = [...network.classifier.logits(preprocess(toPixels([raster]))).dataSync()];
      expect(scores.indexOf(Math.max(...scores))).toBe(predicted);
      expect(predicted).not.toBe(actual);
      expect(isTrue).toBe(true);
    }
    expect(few()).toEqual(found);
  });

  it('are sought in parts of pictures, too, and a sentence says where there are too few', () => {
    const right = labelledShapes(network.classifier.inputSize, 1);
    const names = [...mistakesOf(network.classifier, right.explained)].map(({ name }) => name);
    for (const name of names) expect(name).toMatch(/^picture 0(, its (middle|(upper|lower) (left|right)))?$/);
    expect(() =>
      choosePair(network, robust, {
        source: { ...right, explained: [] },
        pictures,
        onTried: () => undefined,
      }),
    ).toThrow(
      'a pair of networks needs 2 wrongly classified pictures of trained; of 0, each looked at in 6 ways, it gets all right',
    );
  });
});

describe('a course on two networks', () => {
  let pair: CoursePair;
  let assignment: AssignmentDefinition;
  let data: Record<string, string>;

  beforeAll(async () => {
    pair = choosePair(network, robust, { source, pictures, onTried: () => undefined });
    const roles = courseRoles(
      network,
      pictures,
      {
        climb: await tryClimb(network.classifier, () => undefined),
        ...tryTransfer(network.classifier, sceneRasters(pictures)),
      },
      pair,
    );
    data = writeGivenData(join(folder, 'given'), {
      assignment: assignmentWith(roles),
      network,
      pictures,
      pair,
    });
    assignment = ownCourse(roles, { alsoShipped: data }).assignment;
  }, 240_000);

  const paired = () => assignment.parts.filter(({ id }) => PAIRED.includes(id));

  it('lets the parts that compare two look into them, and changes no id and no points', () => {
    const own = assignment.parts.filter((part) => part.network === 'course').map(({ id }) => id);
    expect(own.slice(7)).toEqual(PAIRED);
    expect(JSON.stringify(paired().map(({ cases }) => cases))).not.toContain('shapes-');
    const ids = ({ parts }: AssignmentDefinition) =>
      parts.map(({ cases, checks }) => [
        cases.map(({ id }) => id),
        checks.map(({ id, points }) => [id, points]),
      ]);
    expect(ids(assignment)).toEqual(ids(embedded));
  });

  it('names its networks and classes where the embedded course names its own', () => {
    const titles = paired().flatMap(({ checks }) => checks.map(({ title }) => title));
    expect(titles.filter((title) => /embedded|adversarially|arrow that|ring that/.test(title))).toEqual([]);
    const { predicted, actual } = pair.mistakes.robust;
    const { classNames } = network.classifier;
    expect(titles).toContain(
      `minimalChange makes partner see class ${classNames[actual]} where it saw ${classNames[predicted]}`,
    );
  });

  it('gives students both networks, and handouts that speak of them', async () => {
    const template = generateTemplate({ root: ROOT, assignment });
    expect(Buffer.from(template.get('course/robust.safetensors')!)).toEqual(Buffer.from(robust.bytes));
    const own = await readOwnCourse(join(folder, 'given'));
    expect(own.robust!.classNames).toEqual(robust.classifier.classNames);
    expect(own.parts).toEqual(expect.arrayContaining(PAIRED));
    const handout = String(template.get('handouts/minimal-change.md'));
    expect(handout).toContain('second choice in two pictures');
    expect(handout).not.toContain('corrects two mistakes');
    expect(readFileSync(data['course/course.json'], 'utf8')).toContain('"robust": "robust.safetensors"');
  });

  it('earns the reference all points and trivial answers none, twice with the same bytes', async () => {
    const { refusals } = await recordAndJudge(assignment, {
      pages: checkDefinition(assignment),
      parts: paired(),
      twice: true,
      onCase: () => undefined,
    });
    expect(refusals).toEqual([]);
  }, 480_000);
});

describe('a course on one network', () => {
  it('keeps handouts of the parts that stay on the shapes', () => {
    const template = generateTemplate({ root: ROOT, assignment: { ...embedded, networks: 'own' } });
    expect(String(template.get('handouts/minimal-change.md'))).toContain('corrects two mistakes');
    expect(String(template.get('handouts/class-visualization.md'))).not.toContain(
      'Class visualizations of four shapes',
    );
  });
});
