import type { Raster } from './raster.ts';
import { drawText, textWidth, wrapText } from './text.ts';
import type { TextStyle } from './text.ts';
import { ink, mutedInk } from './theme.ts';

/** Some lines of text in one style. */
export interface TextBlock {
  readonly lines: readonly string[];
  readonly style: TextStyle;
  /** Pixels across and down; an empty block takes none. */
  readonly width: number;
  readonly height: number;
}

const lineHeight = ({ size }: TextStyle): number => Math.round(size * 1.35);

/** Wraps a text to at most `width` pixels; without text the block is empty. */
export function textBlock(text: string | undefined, width: number, style: TextStyle): TextBlock {
  const lines = text === undefined || text === '' ? [] : wrapText(text, width, style);
  return {
    lines,
    style,
    width: Math.max(0, ...lines.map((line) => textWidth(line, style))),
    height: lines.length * lineHeight(style),
  };
}

/** Where the top of a block goes and which side of it `x` is. */
export interface BlockPlace {
  readonly x: number;
  readonly y: number;
  readonly align: 'start' | 'middle' | 'end';
  /** In gray. */
  readonly muted?: boolean;
}

/** Draws lines of text below each other into a picture. */
export function drawBlock(target: Raster, { lines, style }: TextBlock, place: BlockPlace): void {
  const { x, y, align, muted = false } = place;
  lines.forEach((line, i) => {
    const baseline = y + Math.round(style.size * 0.95) + i * lineHeight(style);
    drawText(target, line, { ...style, x, y: baseline, align, colour: muted ? mutedInk : ink });
  });
}
