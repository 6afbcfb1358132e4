import { colourBarWidth, drawColourBar } from './colour-bar.ts';
import type { ColourBar } from './colour-bar.ts';
import { drawPanel, textRoom } from './panel.ts';
import type { CellSize, Panel } from './panel.ts';
import { createRaster } from './raster.ts';
import type { Raster } from './raster.ts';
import { drawBlock, textBlock } from './text-block.ts';
import { textWidth } from './text.ts';
import type { TextStyle } from './text.ts';

/** A labelled grid of pictures. */
export interface FigureOptions {
  /** Large, above everything. */
  readonly title?: string;
  /** One or more sentences below the title; wrapped. */
  readonly subtitle?: string;
  /** One label per column, above the first row. */
  readonly columns?: readonly string[];
  /** One label per row, at its left. */
  readonly rows?: readonly string[];
  /** The cells, row by row; `undefined` leaves a cell empty. Rows may differ in length. */
  readonly panels: readonly (readonly (Panel | undefined)[])[];
  /**
   * Room for a picture in pixels; a number means a square. Default: the largest picture, enlarged by the
   * smallest whole factor that makes it at least 128 pixels.
   */
  readonly cell?: number | CellSize;
  /** What the colours of heat maps mean, at the right of the grid. */
  readonly bars?: readonly ColourBar[];
  /** In gray below everything; wrapped. */
  readonly note?: string;
}

const margin = 24;
const gapAcross = 14;
const gapDown = 16;
const rowLabelWidth = 130;
const titleStyle: TextStyle = { size: 20, bold: true };
const textStyle: TextStyle = { size: 14 };
const labelStyle: TextStyle = { size: 14, bold: true };
const noteStyle: TextStyle = { size: 12 };

function cellSize({ cell, panels }: FigureOptions): CellSize {
  if (typeof cell === 'number') return { width: cell, height: cell };
  if (cell !== undefined) return cell;
  const pictures = panels.flat().flatMap((panel) => (panel === undefined ? [] : [panel.picture]));
  const width = Math.max(...pictures.map((picture) => picture.width));
  const height = Math.max(...pictures.map((picture) => picture.height));
  const factor = Math.max(1, Math.ceil(128 / Math.max(width, height)));
  return { width: factor * width, height: factor * height };
}

/** Checks that labels and panels agree, and returns the number of columns. */
function countColumns({ panels, columns, rows }: FigureOptions): number {
  if (panels.flat().every((panel) => panel === undefined)) {
    throw new RangeError('a figure needs at least one panel');
  }
  const count = Math.max(...panels.map((row) => row.length));
  if (columns !== undefined && columns.length !== count) {
    throw new RangeError(`${columns.length} column labels for ${count} columns of panels`);
  }
  if (rows !== undefined && rows.length !== panels.length) {
    throw new RangeError(`${rows.length} row labels for ${panels.length} rows of panels`);
  }
  return count;
}

/** Where everything goes, in pixels. */
function layOut(options: FigureOptions) {
  const { panels, bars = [] } = options;
  const columnCount = countColumns(options);
  const cell = cellSize(options);

  const rowLabels = (options.rows ?? []).map((label) => textBlock(label, rowLabelWidth, labelStyle));
  const labelWidth = Math.max(0, ...rowLabels.map((label) => label.width));
  const left = margin + (labelWidth === 0 ? 0 : labelWidth + gapAcross);
  const right = left + columnCount * (cell.width + gapAcross) - gapAcross;
  const barsWidth = bars.reduce((sum, bar) => sum + gapAcross + colourBarWidth(bar), 0);
  const titleWidth = options.title === undefined ? 0 : Math.min(640, textWidth(options.title, titleStyle));
  const width = Math.max(right + barsWidth, margin + titleWidth) + margin;

  const title = textBlock(options.title, width - 2 * margin, titleStyle);
  const subtitle = textBlock(options.subtitle, width - 2 * margin, textStyle);
  const columnLabels = (options.columns ?? []).map((label) => textBlock(label, cell.width, labelStyle));
  const note = textBlock(options.note, width - 2 * margin, noteStyle);

  const subtitleTop = margin + title.height + (title.height > 0 ? 4 : 0);
  const headingBottom = subtitleTop + subtitle.height + (title.height + subtitle.height > 0 ? 14 : 0);
  const columnsHeight = Math.max(0, ...columnLabels.map((label) => label.height));
  const columnsBottom = headingBottom + columnsHeight;

  const tops: number[] = [];
  let y = columnsBottom + (columnsHeight > 0 ? 6 : 0);
  for (const row of panels) {
    const rooms = row.flatMap((panel) => (panel === undefined ? [] : [textRoom(panel, cell.width)]));
    y += Math.max(0, ...rooms.map(({ above }) => above));
    tops.push(y);
    y += cell.height + Math.max(0, ...rooms.map(({ below }) => below)) + gapDown;
  }
  const noteTop = y - gapDown + 14;
  const height = (note.height > 0 ? noteTop + note.height : y - gapDown) + margin;
  const columnLeft = (column: number): number => left + column * (cell.width + gapAcross);
  return {
    size: { width, height },
    cell,
    blocks: { title, subtitle, columnLabels, rowLabels, note },
    lines: { subtitleTop, columnsBottom, noteTop, left, right },
    columnLeft,
    tops,
  };
}

/**
 * Draws a grid of pictures with titles, row and column labels, captions, colour bars and a note, on white.
 * The size of the result follows from what is in it.
 *
 * @throws RangeError where there is no panel, or labels and panels differ in number
 */
export function figure(options: FigureOptions): Raster {
  const { size, cell, blocks, lines, columnLeft, tops } = layOut(options);
  const target = createRaster(size.width, size.height);

  drawBlock(target, blocks.title, { x: margin, y: margin, align: 'start' });
  drawBlock(target, blocks.subtitle, { x: margin, y: lines.subtitleTop, align: 'start', muted: true });
  blocks.columnLabels.forEach((label, column) => {
    const x = columnLeft(column) + cell.width / 2;
    drawBlock(target, label, { x, y: lines.columnsBottom - label.height, align: 'middle' });
  });
  blocks.rowLabels.forEach((label, row) => {
    const y = tops[row] + Math.round((cell.height - label.height) / 2);
    drawBlock(target, label, { x: lines.left - gapAcross, y, align: 'end' });
  });
  options.panels.forEach((row, i) => {
    row.forEach((panel, column) => {
      if (panel !== undefined) drawPanel(target, panel, cell, columnLeft(column), tops[i]);
    });
  });
  let barLeft = lines.right + gapAcross;
  for (const bar of options.bars ?? []) {
    const height = Math.min(320, tops[tops.length - 1] + cell.height - tops[0]);
    drawColourBar(target, bar, barLeft, tops[0], height);
    barLeft += colourBarWidth(bar) + gapAcross;
  }
  drawBlock(target, blocks.note, { x: margin, y: lines.noteTop, align: 'start', muted: true });
  return target;
}

/** Deals panels into rows of `columns` panels. */
export function inRows(panels: readonly Panel[], columns: number): Panel[][] {
  return Array.from({ length: Math.ceil(panels.length / columns) }, (_, i) =>
    panels.slice(i * columns, (i + 1) * columns),
  );
}
