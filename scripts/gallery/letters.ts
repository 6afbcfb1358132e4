import { characters } from '../../reference/lib/picture/glyphs.ts';
import { createRaster, type Raster } from '../../reference/lib/picture/raster.ts';
import { drawText } from '../../reference/lib/picture/text.ts';
import { ink } from '../../reference/lib/picture/theme.ts';

const PER_LINE = 50;

export function letters(): Raster {
  const sheet = createRaster(920, 420);
  let y = 36;
  const write = (text: string, size: number, bold = false): void => {
    drawText(sheet, text, { x: 24, y, size, bold, colour: ink });
    y += Math.round(size * 1.75);
  };
  write('Letters of the toolkit', 22, true);
  const visible = characters.filter((character) => character.trim() !== '');
  for (let i = 0; i < visible.length; i += PER_LINE) write(visible.slice(i, i + PER_LINE).join(''), 22);
  for (const size of [11, 12, 13, 14, 16]) {
    write(
      `${size} px: class "hourglass" scores −4.27 (98.3 %), λ = 1e−3, R² = 0.97, σ = 0.15, ‖g‖ ≤ 1`,
      size,
    );
  }
  write('Bold 14: Saliency of the correct class, quick brown foxes jump over the lazy dog', 14, true);
  drawText(sheet, 'upwards', { x: 905, y: 400, size: 14, colour: ink, vertical: true });
  return sheet;
}
