import { counted } from '../../../grader/format/counted.ts';
import { markup, type Markup } from '../../../grader/report/page/markup.ts';
import type { Similar, SimilarPair } from '../../similar/find-similar.ts';
import type { SimilarBefore } from '../../similar/kept-similar.ts';
import type { Lines, SharedPlace } from '../../similar/shared-places.ts';
import { link } from './elements.ts';

const numbered = ({ first, lines }: Lines): string =>
  lines.map((line, at) => `${String(first + at).padStart(4)}  ${line}`).join('\n');

function place({ path, left, right }: SharedPlace, pair: SimilarPair): Markup {
  const side = (who: string, lines: Lines): Markup =>
    markup`<figure><figcaption>${who}, from line ${lines.first}</figcaption><pre tabindex="0">${numbered(lines)}</pre></figure>`;
  return markup`<p><code>${path}</code></p><div class="beside">${side(pair.left, left)}${side(pair.right, right)}</div>`;
}

function placesOf(places: readonly SharedPlace[], pair: SimilarPair): Markup {
  if (places.length === 0) return markup`<p>in scattered places</p>`;
  const shown = places.map((one) => place(one, pair));
  return markup`<details><summary>${counted(places.length, 'place')}</summary>${shown}</details>`;
}

function pairOf(pair: SimilarPair): Markup {
  const percent = Math.round(100 * pair.share);
  const places = pair.places ? placesOf(pair.places, pair) : markup`<p>where, could not be found out</p>`;
  return markup`<li><p>${link(pair.left)} and ${link(pair.right)}: <strong>${percent} % alike</strong></p>${places}</li>`;
}

/** Pairs of submissions that are alike, with the places side by side, and the groups that they make up. */
export function similarSection(similar: Exclude<SimilarBefore, undefined>): Markup {
  const body = similar === 'outdated' ? LEFT_OUT : found(similar);
  return markup`<section aria-labelledby="similar"><h2 id="similar">Similar submissions</h2>${body}</section>`;
}

const LEFT_OUT = markup`<p>Left out: submissions, assignment or grader have changed since they were compared. The same command with <code>--similar</code> compares them again, and grades nothing again.</p>`;

/** What is missing below stands above it. */
function without(leftOut: Similar['leftOut']): Markup | '' {
  if (leftOut.length === 0) return '';
  const items = leftOut.map(({ what, why }) => markup`<li>${what}: ${why}</li>`);
  return markup`<p>Not compared:</p><ul>${items}</ul>`;
}

function found({ pairs, groups, compared, leftOut }: Similar): Markup {
  const about = markup`<p>Of ${counted(compared, 'submission')}, by what few have in common; names, remarks and the template do not count. Much may have one source, or one idea: this says where to look, and no more.</p>`;
  const together = groups.map((ids) => markup`<li>${ids.map((id) => markup`${link(id)} `)}</li>`);
  const list = groups.length > 0 ? markup`<h3>Groups</h3><ul>${together}</ul>` : '';
  const alike =
    pairs.length === 0
      ? markup`<p>No two of them stand out.</p>`
      : markup`<ol class="pairs">${pairs.map(pairOf)}</ol>`;
  return markup`${about}${without(leftOut)}${list}${alike}`;
}
