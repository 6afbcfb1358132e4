import { FindingError } from '../../grader/cli/exit-code.ts';
import { UsageError } from '../../grader/format/errors.ts';
import { modelCache } from '../../models/cache/cache.ts';
import { networkClassNames } from '../../models/cache/class-names.ts';
import { importPictures, type PictureImport } from '../../picture-sets/import-pictures.ts';
import { readPictureSet } from '../../picture-sets/cache/read-picture-set.ts';
import { plainErrorsAs } from '../plain-errors.ts';
import { startProgress, type Progress } from '../terminal/progress.ts';
import { describeSet } from './list.ts';

/** What the command line says. */
export interface ImportOptions extends Omit<PictureImport, 'network' | 'content' | 'styles'> {
  readonly content?: readonly string[];
  readonly styles?: readonly string[];
  /** Its name. */
  readonly network?: string;
}

/** Imports pictures and prints what they are. @throws FindingError: one sentence, where they cannot be imported */
export async function importPictureSet(options: ImportOptions): Promise<void> {
  const { content = [], styles = [], explained, name } = options;
  if (explained === undefined && content.length + styles.length === 0) {
    throw new UsageError('there is nothing to import: name a source, --content or --styles');
  }
  const network = options.network && {
    name: options.network,
    classNames: await plainErrorsAs(UsageError, () => networkClassNames(modelCache(), options.network!)),
  };
  let progress: Progress | undefined;
  try {
    const { ignored } = await plainErrorsAs(FindingError, () =>
      importPictures(
        { ...options, content, styles, network: network || undefined },
        {
          begin: (total) => (progress = startProgress({ title: 'pictures', total })),
          at: (picture, what) => progress!.at(picture, what),
        },
      ),
    );
    if (ignored.length > 0)
      progress?.note(
        `not imported: ${ignored.slice(0, 5).join(', ')}${ignored.length > 5 ? `, and ${ignored.length - 5} more` : ''}`,
      );
  } finally {
    progress?.end();
  }
  console.log(describeSet(readPictureSet(name)));
  if (options.licence === undefined) {
    console.error(
      'A course hands these pictures out: say by --licence under which licence, or every student is told that none was said.',
    );
  }
}
