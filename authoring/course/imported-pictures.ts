import { evenly } from '../../picture-sets/import-pictures.ts';
import { labelsFor } from '../../picture-sets/labels.ts';
import { rasterOf, type PictureSet } from '../../picture-sets/picture-set.ts';
import type { Classifier } from '../../reference/contract/classifier.ts';
import { ownPaintings, type PictureSource } from './course-pictures.ts';

/** More are not looked at: every one of them is classified, and held as large as the network sees it. */
const MOST_EXPLAINED = 200;

/**
 * Imported pictures for a course; what a set has none of, the project's own paintings stand in for.
 * @throws Error: one sentence, where the network has no class of this name
 */
export function importedPictures(set: PictureSet, model: Classifier): PictureSource {
  const own = ownPaintings(model.inputSize);
  const labels = labelsFor(set, model);
  const { explained, content, styles, licence, source } = set;
  const missing = [
    ...(explained.length === 0 ? ['pictures to explain'] : []),
    ...(content.length === 0 ? ['a content picture'] : []),
    ...(styles.length === 0 ? ['style pictures'] : []),
  ];
  const said = [
    `Imported as ${set.name} (SHA-256 \`${set.sha256}\`).`,
    `Source: ${source ?? 'not said'}.`,
    licence === undefined
      ? 'Under which licence they may be handed out was not said: kit and package hold them.'
      : `Licence: ${licence}.`,
    ...(missing.length > 0
      ? [`The set has no ${missing.join(' and no ')}; this project’s own paintings, MIT licence, stand in.`]
      : []),
  ];
  return {
    explained:
      explained.length === 0
        ? own.explained
        : evenly(labels, MOST_EXPLAINED).map((index) => ({
            name: explained[index].name,
            raster: () => rasterOf(explained[index]),
            label: labels[index],
          })),
    content: content.length === 0 ? own.content : rasterOf(content[0]),
    styles: styles.length === 0 ? own.styles : styles.slice(0, 3).map(rasterOf),
    note: said.join(' '),
  };
}
