import { colourOf } from './colours.js';
import { short } from './numbers.js';

const LONGEST_SIDE = 220;
const LARGEST_CELL = 28;
const LOWEST_ROW = 16;
const KEY_WIDTH = 96;
/** Around a map, for the frame of a value at its edge. */
const MARGIN = 3;
const WORST = ['#fff', '#000'];
const CURSOR = ['#000', '#fff'];

/** Where the cells of a map lie on its canvas, in pixels. */
function layoutOf({ rows, columns }) {
  const width = Math.max(1, Math.min(LARGEST_CELL, Math.floor(LONGEST_SIDE / Math.max(rows, columns))));
  const height = rows === 1 ? Math.max(width, LOWEST_ROW) : width;
  const cornerOf = (cell) => [
    MARGIN + (cell % columns) * width,
    MARGIN + Math.floor(cell / columns) * height,
  ];
  return { width, height, cornerOf };
}

/** Gives a map its size, so that the page below stays where it is when the map is drawn. */
export function sizeMap(canvas, { rows, columns }) {
  const { width, height } = layoutOf({ rows, columns });
  canvas.width = columns * width + 2 * MARGIN;
  canvas.height = rows * height + 2 * MARGIN;
}

/** Draws the values of a plane on a scale, two of its cells framed: `worst` and `cursor`, where they are given. */
export function drawMap(canvas, { cells, rows, columns, scale, worst, cursor }) {
  const { width, height, cornerOf } = layoutOf({ rows, columns });
  sizeMap(canvas, { rows, columns });
  const pen = canvas.getContext('2d');
  cells.forEach((value, cell) => {
    const [x, y] = cornerOf(cell);
    pen.fillStyle = colourOf(value, scale);
    pen.fillRect(x, y, width, height);
    if (Number.isFinite(value)) return;
    pen.strokeStyle = '#fff';
    pen.lineWidth = 1;
    pen.beginPath();
    pen.moveTo(x, y + height);
    pen.lineTo(x + width, y);
    pen.stroke();
  });
  const frame = (cell, [outside, inside]) => {
    const [x, y] = cornerOf(cell);
    for (const [colour, thickness] of [
      [outside, 4],
      [inside, 2],
    ]) {
      pen.strokeStyle = colour;
      pen.lineWidth = thickness;
      pen.strokeRect(x - 1, y - 1, width + 2, height + 2);
    }
  };
  if (worst !== undefined) frame(worst, WORST);
  if (cursor !== undefined && cursor !== worst) frame(cursor, CURSOR);
}

/** Which cell of a map a pointer is on. */
export function cellUnder(event, canvas, { rows, columns }) {
  const box = canvas.getBoundingClientRect();
  const along = (at, shown, drawn, count) => {
    const inside = (at * drawn) / shown - MARGIN;
    const cell = Math.floor((count * inside) / (drawn - 2 * MARGIN));
    return Math.min(count - 1, Math.max(0, cell));
  };
  const row = along(event.clientY - box.top, box.height, canvas.height, rows);
  return row * columns + along(event.clientX - box.left, box.width, canvas.width, columns);
}

/** Which colour stands for which value. */
export function drawKey(key, scale) {
  const size = Math.max(-scale.lowest, scale.highest);
  const [lowest, highest] = scale.isSigned ? [-size, size] : [scale.lowest, scale.highest];
  key.hidden = !Number.isFinite(size);
  if (key.hidden) return;
  const [low, high] = key.querySelectorAll('span');
  low.textContent = short(lowest);
  high.textContent = short(highest);
  const canvas = key.querySelector('canvas');
  canvas.width = KEY_WIDTH;
  canvas.height = 1;
  const pen = canvas.getContext('2d');
  for (let x = 0; x < KEY_WIDTH; x++) {
    pen.fillStyle = colourOf(lowest + ((highest - lowest) * x) / (KEY_WIDTH - 1), scale);
    pen.fillRect(x, 0, 1, 1);
  }
}
