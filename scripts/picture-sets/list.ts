import { GraderError } from '../../grader/format/errors.ts';
import { pictureCache, pictureSetNames } from '../../picture-sets/cache/cache.ts';
import { readPictureSet } from '../../picture-sets/cache/read-picture-set.ts';
import type { PictureSet, StoredPicture } from '../../picture-sets/picture-set.ts';
import { renderTable } from '../terminal/table.ts';

/** The sizes of pictures, such as `224x224` or `640x480 to 1024x768`. */
function sizes(pictures: readonly StoredPicture[]): string {
  const sorted = pictures.toSorted((a, b) => a.width * a.height - b.width * b.height);
  const [small, large] = [sorted[0], sorted.at(-1)!].map(({ width, height }) => `${width}x${height}`);
  return small === large ? small : `${small} to ${large}`;
}

const counted = (count: number, singular: string, plural: string): string =>
  `${count} ${count === 1 ? singular : plural}`;

const classesOf = ({ explained }: PictureSet): number => new Set(explained.map(({ label }) => label)).size;

/** What a set holds, as one sentence. */
export function describeSet(set: PictureSet): string {
  const { name, explained, content, styles, network, licence } = set;
  const parts = [
    ...(explained.length > 0
      ? [
          `${counted(explained.length, 'picture', 'pictures')} of ${counted(classesOf(set), 'class', 'classes')}${network ? ` of ${network}` : ''}, ${sizes(explained)}`,
        ]
      : []),
    ...(content.length > 0 ? [`${content.length} content, ${sizes(content)}`] : []),
    ...(styles.length > 0 ? [`${styles.length} style, ${sizes(styles)}`] : []),
    licence ?? 'licence not stated',
  ];
  return `${name}: ${parts.join('; ')}`;
}

/** The row of a set, or of one whose files are damaged, which must not hide the others. */
function rowOf(name: string): (string | number)[] {
  try {
    const set = readPictureSet(name);
    const { explained, content, styles, network = '', licence = '', source = '' } = set;
    const all = [...explained, ...content, ...styles];
    return [
      name,
      explained.length,
      classesOf(set),
      network,
      sizes(all),
      content.length,
      styles.length,
      licence,
      source,
    ];
  } catch (error) {
    if (!(error instanceof GraderError)) throw error;
    return [name, '', '', '', 'damaged; import again', '', '', '', ''];
  }
}

/** Prints what pictures there are. */
export function showPictureSets(): void {
  const names = pictureSetNames(pictureCache());
  if (names.length === 0)
    return void console.log('no pictures; npm run pictures -- import SOURCE --name NAME');
  const table = renderTable(
    [
      { name: 'name' },
      { name: 'pictures', align: 'right' },
      { name: 'classes', align: 'right' },
      { name: 'network' },
      { name: 'pixels' },
      { name: 'content', align: 'right' },
      { name: 'styles', align: 'right' },
      { name: 'licence' },
      { name: 'source' },
    ],
    names.map(rowOf),
  );
  console.log(table);
}
