import type { VerdictPictures } from '../checks/verdict.ts';
import { thumbnailUri, type Raster } from '../picture/index.ts';
import type { CheckResult } from '../report/grade-report.ts';
import type { Policy } from '../assignment/policy.ts';
import { clip } from './clip.ts';
import { escapeHtml } from '../report/escape-html.ts';
import { escapeMarkdown } from './markdown.ts';
import type { GradescopeTest } from './results-schema.ts';

/** Three pictures and the text stay together under what Gradescope cuts. */
const PICTURE_CHARACTERS = 20_000;
const PICTURE_SIDE = 160;
const TEXT_BESIDE_PICTURES = 20_000;

interface Shown {
  readonly name: string;
  readonly uri: string;
}

function thumbnails(pictures: VerdictPictures): Shown[] {
  const rasters: [string, Raster | undefined][] = [
    ['expected', pictures.expected],
    ['received', pictures.received],
    ['difference', pictures.difference],
  ];
  return rasters.flatMap(([name, raster]) => {
    const uri = raster && thumbnailUri({ raster, maxSide: PICTURE_SIDE, maxCharacters: PICTURE_CHARACTERS });
    return uri ? [{ name, uri }] : [];
  });
}

type Message = Pick<CheckResult, 'message' | 'pictures'>;

/** What a check says, as Gradescope shows it; pictures only beside the text that says the same. */
export function renderMessage(
  check: Message,
  format: Policy['pictures'],
): Required<Pick<GradescopeTest, 'output' | 'output_format'>> {
  const { message } = check;
  const shown = format && check.pictures ? thumbnails(check.pictures) : [];
  if (shown.length === 0) return { output: clip(message.join('\n')), output_format: 'text' };
  if (format === 'html') {
    const text = clip(escapeHtml(message.join('\n')), TEXT_BESIDE_PICTURES);
    const images = shown.map(
      ({ name, uri }) => `<p>${name}:<br><img src="${uri}" alt="${name} picture"></p>`,
    );
    return { output: [`<pre>${text}</pre>`, ...images].join('\n'), output_format: 'html' };
  }
  const lines = clip(message.map(escapeMarkdown).join('\n\n'), TEXT_BESIDE_PICTURES);
  const images = shown.map(({ name, uri }) => `${name}:\n\n![${name} picture](${uri})`);
  return { output: [lines, ...images].join('\n\n'), output_format: 'md' };
}
