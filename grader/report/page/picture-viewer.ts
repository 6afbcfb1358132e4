import type { VerdictPictures } from '../../checks/verdict.ts';
import type { Raster } from '../../picture/index.ts';
import { markup, type Markup } from './markup.ts';
import type { Whose } from './whose.ts';

/** Narrower pictures are shown larger than they are. */
const SMALL = 200;

export type Addresses = ReadonlyMap<Raster, string | undefined>;

const MODES = [
  ['side', 'Side by side'],
  ['slider', 'Slider'],
  ['onion', 'Onion skin'],
  ['blink', 'Blink'],
  ['difference', 'Difference'],
] as const;

function figure(kind: string, caption: string, raster: Raster | undefined, addresses: Addresses): Markup {
  const address = raster && addresses.get(raster);
  if (!address) return markup``;
  const { width, height } = raster;
  const small = width < SMALL ? markup` class="small"` : '';
  return markup`<figure class="${kind}"><div class="image"><img src="${address}" alt="${caption} picture, ${width} by ${height} pixels" width="${width}" height="${height}"${small}></div><figcaption>${caption}</figcaption></figure>`;
}

/**
 * Expected, received and what differs: beside each other, or on top of each other with a slider, an opacity or in turns.
 * @param options.name unique on the page, for the group of buttons
 * @param options.addresses where each picture is found
 */
export function pictureViewer(
  { expected, received, difference }: VerdictPictures,
  { name, addresses, whose }: { readonly name: string; readonly addresses: Addresses; readonly whose: Whose },
): Markup {
  const modes = MODES.filter(([mode]) => mode !== 'difference' || difference).map(
    ([mode, text], i) =>
      markup`<label><input type="radio" name="${name}" value="${mode}"${i === 0 ? markup` checked` : ''}> ${text}</label>`,
  );
  return markup`<div class="pictures" data-mode="side" data-whose="${whose}">
<div class="controls"><fieldset><legend>Compare</legend>${modes}</fieldset><label class="size">Size <select><option value="fit">fit</option><option value="1">100%</option><option value="2">200%</option><option value="4">400%</option></select></label></div>
<div class="position" hidden><label><span>Position</span> <input type="range" min="0" max="100" value="50"></label><button type="button" aria-pressed="false">Pause</button></div>
<div class="stage" tabindex="0" role="group" aria-label="Pictures">${figure('expected', 'expected', expected, addresses)}${figure('received', whose, received, addresses)}${figure('difference', 'difference', difference, addresses)}</div>
</div>`;
}
