import { differenceScaleOf, onThemeChange, scaleOf } from './colours.js';
import { cellUnder, drawKey, drawMap, sizeMap } from './draw-map.js';
import { drawScatter } from './draw-scatter.js';
import { short, unpackFloats } from './numbers.js';

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** The maps of a view by kind: `expected`, `received`, and `difference` where the shapes agree. */
function mapsOf(view) {
  const maps = {};
  for (const canvas of view.querySelectorAll('canvas[data-rows]')) {
    const { rows, columns, cells } = canvas.dataset;
    maps[canvas.className] = {
      canvas,
      rows: Number(rows),
      columns: Number(columns),
      cells: cells === undefined ? undefined : unpackFloats(cells),
    };
  }
  const { expected, received, difference } = maps;
  received.cells ??= expected.cells.map((value, i) => value + difference.cells[i]);
  return maps;
}

/** Draws a view's maps, and lets pointer and keyboard read them value by value. */
function showTensors(view) {
  const { expected, received, difference } = mapsOf(view);
  const own = view.querySelector('.scales input');
  const worst = difference ? Number(view.dataset.worst) : undefined;
  let cursor = worst;

  function draw() {
    const both = scaleOf(expected.cells, received.cells);
    const scaled = [
      [expected, own.checked ? scaleOf(expected.cells) : both],
      [received, own.checked ? scaleOf(received.cells) : both],
      ...(difference ? [[difference, differenceScaleOf(difference.cells)]] : []),
    ];
    for (const [map, scale] of scaled) {
      drawMap(map.canvas, { ...map, scale, worst, cursor });
      drawKey(map.canvas.closest('figure').querySelector('.key'), scale);
    }
    const scatter = view.querySelector('.scatter');
    if (scatter) drawScatter(scatter, { expected: expected.cells, received: received.cells });
  }

  /** `[0, 4, 6–7, 2]`: which values of the tensor a cell stands for. */
  function indexOf(cell) {
    const { axes, shape, block } = JSON.parse(view.dataset.plane);
    const along = { down: Math.floor(cell / expected.columns), across: cell % expected.columns };
    const parts = axes.map((axis, i) => {
      if (typeof axis === 'number') return axis;
      const first = along[axis] * block;
      const last = Math.min(first + block, shape[i]) - 1;
      return first === last ? first : `${first}–${last}`;
    });
    return `[${parts.join(', ')}]`;
  }

  function tell() {
    const place = document.createElement('strong');
    place.textContent = `${cursor === worst ? 'Worst, at' : 'At'} ${indexOf(cursor)}:`;
    const off = difference.cells[cursor];
    const values = `expected ${short(expected.cells[cursor])}, ${view.dataset.whose} ${short(received.cells[cursor])}`;
    const text = ` ${values}, difference ${off > 0 ? '+' : ''}${short(off)}`;
    view.querySelector('.readout').replaceChildren(place, text);
  }

  function move(to) {
    if (to === cursor) return;
    cursor = to;
    tell();
    draw();
  }

  function press(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const step = STEPS[event.key];
    if (!step && event.key !== 'Home') return;
    event.preventDefault();
    if (!step) return move(worst);
    const row = Math.floor(cursor / expected.columns) + step[0];
    const column = (cursor % expected.columns) + step[1];
    if (row >= 0 && row < expected.rows && column >= 0 && column < expected.columns)
      move(row * expected.columns + column);
  }

  own.addEventListener('change', draw);
  onThemeChange(draw);
  draw();
  if (!difference) return;
  tell();
  view.querySelector('.maps').addEventListener('keydown', press);
  for (const map of [expected, received, difference]) {
    map.canvas.addEventListener('pointermove', (event) => move(cellUnder(event, map.canvas, map)));
    map.canvas.addEventListener('pointerleave', () => move(worst));
  }
}

/** Draws the maps of all views, each when it comes into sight. */
export function showAllTensors() {
  const watcher = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      watcher.unobserve(target);
      showTensors(target);
    }
  });
  for (const canvas of document.querySelectorAll('canvas[data-rows]'))
    sizeMap(canvas, { rows: Number(canvas.dataset.rows), columns: Number(canvas.dataset.columns) });
  for (const view of document.querySelectorAll('.tensors[data-plane]')) watcher.observe(view);
}
