import { fillRectangle, frameRectangle, paste } from './raster.ts';
import type { Colour, Raster } from './raster.ts';
import { resize } from './resize.ts';
import type { ResizeMethod } from './resize.ts';
import { drawBlock, textBlock } from './text-block.ts';
import type { TextBlock } from './text-block.ts';
import { hairline } from './theme.ts';

/** One cell of a figure. */
export interface Panel {
  readonly picture: Raster;
  /** Above the picture; long text is wrapped. */
  readonly title?: string;
  /** Below the picture, in gray; long text is wrapped. */
  readonly caption?: string;
  /** A coloured frame, such as `rightColour` or `wrongColour`. Default: a hairline. */
  readonly frame?: Colour;
  /** How a small picture is enlarged to the cell. Default: `nearest`, which shows every pixel as a square. */
  readonly enlarge?: ResizeMethod;
}

/** Size in pixels of the room for a picture. */
export interface CellSize {
  readonly width: number;
  readonly height: number;
}

const gap = 6;

const titleBlock = (panel: Panel, width: number): TextBlock =>
  textBlock(panel.title, width, { size: 13, bold: true });

const captionBlock = (panel: Panel, width: number): TextBlock =>
  textBlock(panel.caption, width, { size: 12 });

/** Pixels that a panel's texts take above and below its picture. */
export interface TextRoom {
  readonly above: number;
  readonly below: number;
}

/** The room that the texts of a panel need in a cell of the given width. */
export function textRoom(panel: Panel, width: number): TextRoom {
  const title = titleBlock(panel, width).height;
  const caption = captionBlock(panel, width).height;
  return { above: title === 0 ? 0 : title + gap, below: caption === 0 ? 0 : caption + gap };
}

/** The picture as large as the cell allows, in its own proportions. */
function fit(picture: Raster, cell: CellSize, enlarge: ResizeMethod): Raster {
  const scale = Math.min(cell.width / picture.width, cell.height / picture.height);
  if (scale === 1) return picture;
  return resize(picture, {
    width: Math.max(1, Math.round(picture.width * scale)),
    height: Math.max(1, Math.round(picture.height * scale)),
    method: scale > 1 ? enlarge : 'area',
  });
}

/** Draws a panel, the upper left corner of its picture's cell at (x, y). */
export function drawPanel(target: Raster, panel: Panel, cell: CellSize, x: number, y: number): void {
  const picture = fit(panel.picture, cell, panel.enlarge ?? 'nearest');
  const { width, height } = picture;
  const left = x + Math.floor((cell.width - width) / 2);
  const top = y + Math.floor((cell.height - height) / 2);
  const thickness = panel.frame === undefined ? 1 : 3;
  frameRectangle(target, { x: left, y: top, width, height }, thickness, panel.frame ?? hairline);
  fillRectangle(target, { x: left, y: top, width, height }, [0, 0, 0]);
  paste(target, picture, left, top);

  const middle = x + cell.width / 2;
  const title = titleBlock(panel, cell.width);
  drawBlock(target, title, { x: middle, y: top - gap - title.height, align: 'middle' });
  const caption = captionBlock(panel, cell.width);
  drawBlock(target, caption, { x: middle, y: top + height + gap, align: 'middle', muted: true });
}
