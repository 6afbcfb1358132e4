import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OwnCourse } from '../../reference/lib/course/own-course.ts';
import { writeSafetensors, type StoredTensor } from '../../reference/lib/models/safetensors.ts';
import { encodePng } from '../../reference/lib/picture/files.ts';
import type { Raster } from '../../reference/lib/picture/raster.ts';
import { resize, resizeShorterSide } from '../../reference/lib/picture/resize.ts';
import type { AssignmentDefinition, PartDefinition } from '../../grader/assignment/define.ts';
import { jsonText } from '../../grader/format/json-text.ts';
import type { CourseNetwork } from './course-network.ts';
import type { CoursePair } from './course-pair.ts';
import type { CoursePictures } from './course-pictures.ts';
import { DESCRIPTION, GIVEN } from './folder.ts';
import { courseNotice, NOTICE } from './notice.ts';

/** The parts that look into a course's own network. */
export const ownParts = ({ parts }: Pick<AssignmentDefinition, 'parts'>): readonly PartDefinition[] =>
  parts.filter(({ network }) => network === 'course');

/** Shorter sides in pixels of content and styles as the grader has them. */
export const SCENE_SIZES = { large: 192, small: 96 } as const;
const { large, small } = SCENE_SIZES;

/** Names of stored pictures. */
export const storedName = {
  shown: (index: number): string => `shown-${index + 1}`,
  other: (index: number): string => `other-${index + 1}`,
  content: (size: number): string => `content-${size}`,
  style: (index: number, size: number): string => `style-${index + 1}-${size}`,
  anotherImage: 'another-image',
  mistake: (which: keyof CoursePair['mistakes']): string => `mistake-${which}`,
};

const tensorOf = ({ width, height, data }: Raster): StoredTensor => ({ shape: [1, height, width, 3], data });

/** Content and styles at the grader's sizes, by name. */
export function sceneRasters({
  content,
  styles,
}: Pick<CoursePictures, 'content' | 'styles'>): Map<string, Raster> {
  const smallContent = resizeShorterSide(content, small);
  return new Map([
    [storedName.content(large), resizeShorterSide(content, large)],
    [storedName.content(small), smallContent],
    [storedName.style(0, large), resizeShorterSide(styles[0], large)],
    [storedName.style(0, small), resizeShorterSide(styles[0], small)],
    [storedName.style(2, large), resizeShorterSide(styles[2], large)],
    // Another image for the content's targets has the content's height and width.
    [storedName.anotherImage, resize(styles[1], smallContent)],
  ]);
}

const stored = (pictures: Iterable<readonly [string, Raster]>): Uint8Array =>
  writeSafetensors(
    {
      tensors: Object.fromEntries([...pictures].map(([name, raster]) => [name, tensorOf(raster)])),
      metadata: {},
    },
    { precision: 'F32' },
  );

/** What a second network adds. */
function filesOf({ robust, mistakes }: CoursePair): (readonly [string, Uint8Array])[] {
  const images = (['first', 'second', 'robust'] as const).map(
    (which) => [storedName.mistake(which), mistakes[which].raster] as const,
  );
  return [
    ['robust.safetensors', robust.bytes],
    ['mistakes.safetensors', stored(images)],
  ];
}

/**
 * Writes a course's weights and pictures, as students draw with them and as the grader reads them.
 * @returns the files by template path
 */
export function writeGivenData(
  folder: string,
  {
    assignment,
    network,
    pictures,
    pair,
  }: {
    readonly assignment: Pick<AssignmentDefinition, 'parts'>;
    readonly network: CourseNetwork;
    readonly pictures: CoursePictures;
    readonly pair?: CoursePair | undefined;
  },
): Record<string, string> {
  const { shown, others, content, styles } = pictures;
  const description: OwnCourse = {
    parts: ownParts(assignment).map(({ id }) => id),
    network: 'network.safetensors',
    ...(pair ? { robust: 'robust.safetensors' } : {}),
    shown: shown.map(({ label }, i) => ({ file: `${storedName.shown(i)}.png`, label })),
    content: 'content.png',
    styles: styles.map((_, i) => `style-${i + 1}.png`),
  };
  const files = new Map<string, Uint8Array | string>([
    [DESCRIPTION, jsonText(description)],
    [NOTICE, courseNotice({ network, robust: pair?.robust, pictures, parts: ownParts(assignment) })],
    [description.network, network.bytes],
    ['shown.safetensors', stored(shown.map(({ raster }, i) => [storedName.shown(i), raster] as const))],
    ['others.safetensors', stored(others.map(({ raster }, i) => [storedName.other(i), raster] as const))],
    ['scenes.safetensors', stored(sceneRasters(pictures))],
    ...(pair ? filesOf(pair) : []),
    ...shown.map(({ raster }, i) => [`${storedName.shown(i)}.png`, encodePng(raster)] as const),
    [description.content, encodePng(content)],
    ...styles.map((style, i) => [description.styles[i], encodePng(style)] as const),
  ]);
  mkdirSync(folder, { recursive: true });
  return Object.fromEntries(
    [...files].map(([name, bytes]) => {
      const file = join(folder, name);
      writeFileSync(file, bytes);
      return [`${GIVEN}/${name}`, file];
    }),
  );
}
