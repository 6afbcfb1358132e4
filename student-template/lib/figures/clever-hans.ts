import * as tf from '@tensorflow/tfjs';
import type { NamedTensorMap, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import { figure } from '../picture/figure.ts';
import { heatMap, magnitudeRange } from '../picture/heat-map.ts';
import type { Panel } from '../picture/panel.ts';
import { preprocess } from '../picture/preprocess.ts';
import type { Colour, Raster, ScalarMap } from '../picture/raster.ts';
import { resize } from '../picture/resize.ts';
import { fromPixels, pictureTensor, scalarMaps } from '../picture/tensors.ts';
import { rightColour, wrongColour } from '../picture/theme.ts';
import { hansClassNames, markedClass } from '../clever-hans/marked-shapes.ts';
import { markRegion } from '../clever-hans/marks.ts';
import type { MarkKind } from '../clever-hans/marks.ts';
import { smallNetwork } from '../clever-hans/small-network.ts';

/** One kind of mark and the network that was trained with it. */
export interface HansRow {
  readonly kind: MarkKind;
  readonly weights: NamedTensorMap;
  /** Pixels of discs without and with the mark, each `[N, H, W, 3]` in [0, 1]. */
  readonly unmarked: Tensor4D;
  readonly marked: Tensor4D;
  /** The network's saliency maps of the marked discs for the class disc, `[N, H, W]`. */
  readonly maps: Tensor3D;
  /** The same maps of a network that was trained without any mark. */
  readonly honestMaps?: Tensor3D;
  /** Pixels of other shapes with the mark. */
  readonly othersMarked: Tensor4D;
}

const CELL = 160;
const OUTLINE: Colour = [0.35, 0.95, 1];
/** The share of a map's pixels that stay below full brightness; the few above would leave the rest dark. */
const SHOWN_SHARE = 0.995;

const percent = (share: number): string => `${Math.round(100 * share)}\u00a0%`;

/** A heat map at the size of a cell, the border of a region drawn over it. */
function outlined(map: ScalarMap, region: ScalarMap): Raster {
  const factor = Math.max(1, Math.floor(CELL / map.width));
  const [width, height] = [map.width * factor, map.height * factor];
  const heat = heatMap(map, { range: magnitudeRange([map], SHOWN_SHARE) });
  const picture = resize(heat, { width, height, method: 'nearest' });
  const inside = (x: number, y: number): boolean =>
    x >= 0 &&
    y >= 0 &&
    x < width &&
    y < height &&
    region.values[Math.floor(y / factor) * map.width + Math.floor(x / factor)] > 0.5;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isBorder =
        inside(x, y) && !(inside(x - 1, y) && inside(x + 1, y) && inside(x, y - 1) && inside(x, y + 1));
      if (isBorder) picture.data.set(OUTLINE, 3 * (y * width + x));
    }
  }
  return picture;
}

/** Mean over some maps of the share of each that lies in a region. */
function shareInside(maps: Tensor3D, region: Tensor2D): number {
  const share = tf.tidy(() => {
    const inside = tf.einsum('nhw,hw->n', maps, region);
    return tf.divNoNan(inside, maps.sum([1, 2])).mean();
  });
  const [value] = share.dataSync();
  share.dispose();
  return value;
}

/** The first picture of a batch with what the network takes it for, and how many of all it takes for discs. */
function judgedPanel(pixels: Tensor4D, weights: NamedTensorMap, isRight: (label: number) => boolean): Panel {
  const count = pixels.shape[0];
  const classes = hansClassNames.length;
  const probabilities = tf.tidy(() => smallNetwork(weights).logits(preprocess(pixels)).softmax());
  const values = probabilities.dataSync<'float32'>();
  probabilities.dispose();
  const labels = Array.from({ length: count }, (_, i) => {
    const row = values.subarray(i * classes, (i + 1) * classes);
    return row.indexOf(Math.max(...row));
  });
  const discs = labels.filter((label) => label === markedClass).length;
  return {
    picture: fromPixels(pixels)[0],
    caption: `taken for: ${hansClassNames[labels[0]]}\u00a0(${percent(values[labels[0]])})\n${discs} of ${count} for discs`,
    frame: isRight(labels[0]) ? rightColour : wrongColour,
  };
}

function panelsOf(row: HansRow): Panel[] {
  const { kind, weights, unmarked, marked, maps, honestMaps, othersMarked } = row;
  const [, height, width] = maps.shape;
  const region = markRegion(kind, height, width); // [H, W]
  const [outline] = scalarMaps(region);
  const area = outline.values.reduce((sum, value) => sum + value, 0) / outline.values.length;
  const isDisc = (label: number): boolean => label === markedClass;
  const meanPanel = (some: Tensor3D): Panel => {
    const average = some.mean<Tensor2D>(0); // [H, W]
    const [mean] = scalarMaps(average);
    average.dispose();
    return {
      picture: outlined(mean, outline),
      caption: `${percent(shareInside(some, region))} inside,\narea ${percent(area)}`,
    };
  };
  const [first] = scalarMaps(maps);
  const panels = [
    judgedPanel(marked, weights, isDisc),
    { picture: outlined(first, outline), caption: 'of the picture\nat the left' },
    meanPanel(maps),
    ...(honestMaps ? [meanPanel(honestMaps)] : []),
    judgedPanel(unmarked, weights, isDisc),
    judgedPanel(othersMarked, weights, (label) => !isDisc(label)),
  ];
  region.dispose();
  return panels;
}

/** What the networks look at: a row for each kind of mark. */
export function cleverHansFigure(rows: readonly HansRow[]): Raster {
  const [{ maps, honestMaps }] = rows;
  return figure({
    title: 'Clever Hans: the mark gives the class away',
    subtitle:
      'In training every disc carried a mark, and no other shape did. Outlined: where the mark is. ' +
      'Green frame: recognized; red frame: mistaken.',
    columns: [
      'a disc\nwith the mark',
      'saliency map',
      `mean map of\n${maps.shape[0]} marked discs`,
      ...(honestMaps ? ['the same, trained\nwithout marks'] : []),
      'the disc\nwithout the mark',
      'another shape\nwith the mark',
    ],
    rows: rows.map(({ kind }) => kind),
    panels: rows.map(panelsOf),
    cell: CELL,
  });
}

/** The same as a tensor, `[height, width, 3]` in [0, 1]. */
export function cleverHansPicture(rows: readonly HansRow[]): Tensor3D {
  return pictureTensor(cleverHansFigure(rows));
}
