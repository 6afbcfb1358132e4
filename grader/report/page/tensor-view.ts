import type { Plane, TensorMap } from '../../numeric/index.ts';
import { markup, type Markup } from './markup.ts';
import { packFloats } from './pack-floats.ts';
import { spreadChart } from './spread-chart.ts';
import type { Whose } from './whose.ts';

/** So few values are read more easily than looked at. */
const FEW = 12;

const shortNumber = (x: number): string =>
  Number.isFinite(x) ? String(Number(x.toPrecision(4))) : String(x);

const signed = (x: number): string => (x > 0 ? `+${shortNumber(x)}` : shortNumber(x));

const isWhole = ({ axes }: Plane): boolean => axes.every((at) => typeof at !== 'number');

/** `[0, :, :, 2]`, the running dimensions as colons. */
const placeOf = ({ axes }: Plane): string =>
  `[${axes.map((at) => (typeof at === 'number' ? at : ':')).join(', ')}]`;

const shapeOf = ({ shape }: Plane): string => `[${shape.join(', ')}]`;

function rangeOf(cells: Float32Array): string {
  const finite = cells.filter(Number.isFinite);
  if (finite.length === 0) return 'no finite value';
  const lowest = finite.reduce((a, b) => Math.min(a, b));
  const highest = finite.reduce((a, b) => Math.max(a, b));
  return `${shortNumber(lowest)} to ${shortNumber(highest)}`;
}

function brokenIn(cells: Float32Array): string {
  const count = cells.filter((value) => !Number.isFinite(value)).length;
  return count === 0 ? '' : `${count} NaN or infinite`;
}

interface Drawn {
  readonly kind: 'expected' | 'received' | 'difference';
  readonly caption: string;
  readonly plane: Plane;
  readonly cells: Float32Array;
  readonly data: Float32Array | undefined;
}

function map({ kind, caption, plane, cells, data }: Drawn): Markup {
  const range = rangeOf(cells);
  const broken = brokenIn(cells);
  const packed = data && markup` data-cells="${packFloats(data)}"`;
  return markup`<figure><div class="frame"><canvas class="${kind}" role="img" aria-label="Map of ${caption}: ${broken ? `${range}, ${broken}` : range}" data-rows="${plane.rows}" data-columns="${plane.columns}"${packed}></canvas></div><figcaption><strong>${caption}</strong> ${broken && markup` <span class="broken">${broken}</span>`}<span class="range">${range}</span><span class="key" aria-hidden="true"><span></span><canvas></canvas><span></span></span></figcaption></figure>`;
}

const LIMITS = [
  'within the tolerance',
  'up to 10 times the tolerance',
  'up to 100 times the tolerance',
  'up to 1000 times the tolerance',
  'more than 1000 times the tolerance',
];

function howFar(counts: readonly number[] | undefined): Markup | undefined {
  if (!counts) return undefined;
  const most = Math.max(...counts);
  const rows = counts.map((count, i) =>
    count === 0
      ? ''
      : markup`<tr><th scope="row">${LIMITS[i]}</th><td>${count}</td><td><svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="${i === 0 ? 'passed' : 'failed'}" width="${((100 * count) / most).toFixed(1)}" height="8"/></svg></td></tr>`,
  );
  return markup`<table class="far"><caption>How far off the values are</caption>${rows}</table>`;
}

function valueTable({ expected, received, difference, worst }: TensorMap, whose: Whose): Markup {
  const { shape, columns } = expected.plane;
  const down = expected.plane.axes.indexOf('down');
  const across = expected.plane.axes.indexOf('across');
  const rows = [...expected.cells].map((value, cell) => {
    const index = expected.plane.axes.map((at, axis) =>
      axis === down ? Math.floor(cell / columns) : axis === across ? cell % columns : at,
    );
    const isWorst = worst?.cell === cell;
    return markup`<tr${isWorst ? markup` class="worst"` : ''}><th scope="row">[${index.join(', ')}]${isWorst ? ' worst' : ''}</th><td>${shortNumber(value)}</td><td>${shortNumber(received.cells[cell])}</td><td>${signed(difference![cell])}</td></tr>`;
  });
  return markup`<div class="values" tabindex="0" role="group" aria-label="All values"><table><caption>All values, shape [${shape.join(', ')}]</caption><thead><tr><th scope="col">index</th><th scope="col">expected</th><th scope="col">${whose}</th><th scope="col">difference</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function aboutPlane({ expected, received, planes, difference }: TensorMap, whose: Whose): string {
  const { plane } = expected;
  if (!difference) {
    const slices = [expected, received].map((one) =>
      isWhole(one.plane) ? '' : `, slice ${placeOf(one.plane)}`,
    );
    return `Expected the shape ${shapeOf(plane)}${slices[0]}; ${whose} is ${shapeOf(received.plane)}${slices[1]}.`;
  }
  const blocks =
    plane.block > 1
      ? ` A cell stands for ${plane.block} × ${plane.block} values and shows the one that is furthest off.`
      : '';
  if (isWhole(plane) || !planes) return `The whole tensor, shape ${shapeOf(plane)}.${blocks}`;
  const { count, differing } = planes;
  const all = count === 2 ? 'both' : `all ${count}`;
  const many = `${differing === count ? all : `${differing} of ${count}`} such slices`;
  const others = count === 1 ? '' : `; ${many} ${differing === 1 ? 'differs' : 'differ'}`;
  return `Slice ${placeOf(plane)} of the shape ${shapeOf(plane)}, the one with the worst value${others}.${blocks}`;
}

/** Where and how two tensors differ: maps with the worst value marked, the spread of the values, one against the other. */
export function tensorView(tensors: TensorMap, whose: Whose): Markup {
  const { expected, received, difference, worst, timesAllowed, spread } = tensors;
  const charts = markup`${spread && spreadChart(spread, whose)}${howFar(timesAllowed)}`;
  if (
    difference &&
    expected.cells.length <= FEW &&
    expected.plane.shape.every((side, i) => side === 1 || typeof expected.plane.axes[i] !== 'number')
  ) {
    return markup`<div class="tensors">${valueTable(tensors, whose)}</div>`;
  }
  const maps = [
    map({ kind: 'expected', caption: 'expected', ...expected, data: expected.cells }),
    map({ kind: 'received', caption: whose, ...received, data: difference ? undefined : received.cells }),
    ...(difference
      ? [
          map({
            kind: 'difference',
            caption: `${whose} − expected`,
            plane: expected.plane,
            cells: difference,
            data: difference,
          }),
        ]
      : []),
  ];
  const { axes, shape, block } = expected.plane;
  const plane = JSON.stringify({ axes, shape, block });
  const readable = difference ? markup`<p class="readout" role="status"></p>` : '';
  const scatter = difference?.some(Number.isFinite)
    ? markup`<figure class="chart"><canvas class="scatter" role="img" aria-label="Each value of the maps: expected across, ${whose} upwards; on the dashed line they are equal"></canvas><figcaption>expected → against ${whose} ↑; equal on the dashed line</figcaption></figure>`
    : '';
  const focus = difference
    ? markup` tabindex="0" role="application" aria-label="Maps: the arrow keys move from value to value, Home goes to the worst"`
    : '';
  return markup`<div class="tensors" data-whose="${whose}"${worst ? markup` data-worst="${worst.cell}"` : ''} data-plane="${plane}">
<p>${aboutPlane(tensors, whose)}</p>
<div class="maps"${focus}>${maps}</div>
${readable}
<label class="scales"><input type="checkbox"> each map on a scale of its own</label>
<div class="charts">${scatter}${charts}</div>
</div>`;
}
