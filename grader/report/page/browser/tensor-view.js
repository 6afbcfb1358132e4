// Maps of tensors: drawn when they come into sight, read value by value with pointer or arrow keys.

const LONGEST_SIDE = 220;
const LARGEST_CELL = 28;
const SCATTER_SIDE = 150;
/** Around a map, for the frame of a value at its edge. */
const MARGIN = 3;
const KEY_WIDTH = 96;

/** From small to large; then for what is below and above 0; then for NaN and infinities. */
const RAMP = [
  [24, 18, 66],
  [92, 40, 128],
  [190, 66, 106],
  [240, 150, 72],
  [250, 240, 178],
];
const SIGNED = {
  light: { below: [24, 92, 190], zero: [246, 246, 244], above: [214, 84, 20] },
  dark: { below: [96, 165, 255], zero: [30, 36, 46], above: [255, 138, 72] },
};
const NONE = 'rgb(230, 0, 200)';

const isDark = () => matchMedia('(prefers-color-scheme: dark)').matches;

function mix(from, to, share) {
  return from.map((channel, i) => Math.round(channel + share * (to[i] - channel)));
}

/** The colour of a value on a scale; a signed scale has the page's ground at 0. */
function colourOf(value, { lowest, highest, root }) {
  if (!Number.isFinite(value)) return NONE;
  if (lowest >= 0 && !root) {
    const at = ((value - lowest) / (highest - lowest || 1)) * (RAMP.length - 1);
    const i = Math.min(RAMP.length - 2, Math.max(0, Math.floor(at)));
    return `rgb(${mix(RAMP[i], RAMP[i + 1], Math.min(1, at - i)).join()})`;
  }
  const size = Math.max(-lowest, highest) || 1;
  const share = Math.min(1, Math.abs(value) / size);
  const { below, zero, above } = SIGNED[isDark() ? 'dark' : 'light'];
  return `rgb(${mix(zero, value < 0 ? below : above, root ? Math.sqrt(share) : share).join()})`;
}

/** Three bytes each: a float32 without its last eight bits. */
function unpack(text) {
  const bytes = atob(text);
  const view = new DataView(new ArrayBuffer(4));
  return Float32Array.from({ length: bytes.length / 3 }, (_, i) => {
    for (let b = 0; b < 3; b++) view.setUint8(b + 1, bytes.charCodeAt(3 * i + b));
    return view.getFloat32(0, true);
  });
}

function scaleOf(...maps) {
  const scale = { lowest: Infinity, highest: -Infinity };
  for (const cells of maps) {
    for (const value of cells) {
      if (!Number.isFinite(value)) continue;
      scale.lowest = Math.min(scale.lowest, value);
      scale.highest = Math.max(scale.highest, value);
    }
  }
  return scale;
}

function short(value) {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : String(value);
}

function enhance(view) {
  const canvases = Object.fromEntries(
    [...view.querySelectorAll('.maps canvas')].map((canvas) => [canvas.className, canvas]),
  );
  if (!canvases.expected) return;
  const expected = unpack(canvases.expected.dataset.cells);
  const difference = canvases.difference && unpack(canvases.difference.dataset.cells);
  const received = difference
    ? expected.map((value, i) => value + difference[i])
    : unpack(canvases.received.dataset.cells);
  const worst = Number(view.dataset.worst ?? -1);
  const axes = JSON.parse(view.dataset.axes);
  const block = Number(view.dataset.block);
  const own = view.querySelector('.scales input');
  const readout = view.querySelector('.readout');
  let cursor = worst;

  function drawMap(canvas, cells, scale) {
    const rows = Number(canvas.dataset.rows);
    const columns = Number(canvas.dataset.columns);
    const side = Math.max(1, Math.min(LARGEST_CELL, Math.floor(LONGEST_SIDE / Math.max(rows, columns))));
    const tall = rows === 1 ? Math.max(side, 16) : side;
    canvas.width = columns * side + 2 * MARGIN;
    canvas.height = rows * tall + 2 * MARGIN;
    const pen = canvas.getContext('2d');
    const cornerOf = (cell) => [MARGIN + (cell % columns) * side, MARGIN + Math.floor(cell / columns) * tall];
    cells.forEach((value, i) => {
      const [x, y] = cornerOf(i);
      pen.fillStyle = colourOf(value, scale);
      pen.fillRect(x, y, side, tall);
      if (Number.isFinite(value)) return;
      pen.strokeStyle = '#fff';
      pen.lineWidth = 1;
      pen.beginPath();
      pen.moveTo(x, y + tall);
      pen.lineTo(x + side, y);
      pen.stroke();
    });
    const frame = (cell, colours, grow) => {
      if (cell < 0) return;
      colours.forEach((colour, i) => {
        pen.strokeStyle = colour;
        pen.lineWidth = i === 0 ? 4 : 2;
        const [x, y] = cornerOf(cell);
        pen.strokeRect(x - grow, y - grow, side + 2 * grow, tall + 2 * grow);
      });
    };
    if (difference) {
      frame(worst, ['#fff', '#000'], 1);
      if (cursor !== worst) frame(cursor, ['#000', '#fff'], 1);
    }
    drawKey(canvas.closest('figure').querySelector('.key'), scale);
  }

  /** Which colour stands for which value. */
  function drawKey(key, scale) {
    const isSigned = scale.lowest < 0 || scale.root;
    const size = Math.max(-scale.lowest, scale.highest);
    const [lowest, highest] = isSigned ? [-size, size] : [scale.lowest, scale.highest];
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

  function drawScatter(canvas) {
    const { lowest, highest } = scaleOf(expected, received);
    const room = 6;
    const at = (value) => room + ((value - lowest) / (highest - lowest || 1)) * (SCATTER_SIDE - 2 * room);
    canvas.width = SCATTER_SIDE;
    canvas.height = SCATTER_SIDE;
    const pen = canvas.getContext('2d');
    const style = getComputedStyle(view);
    pen.strokeStyle = style.getPropertyValue('--strong-line');
    pen.setLineDash([4, 3]);
    pen.beginPath();
    pen.moveTo(0, SCATTER_SIDE);
    pen.lineTo(SCATTER_SIDE, 0);
    pen.stroke();
    pen.fillStyle = style.getPropertyValue('--link');
    pen.globalAlpha = expected.length > 400 ? 0.35 : 0.7;
    expected.forEach((value, i) => {
      if (!Number.isFinite(value) || !Number.isFinite(received[i])) return;
      pen.beginPath();
      pen.arc(at(value), SCATTER_SIDE - at(received[i]), 2.2, 0, 2 * Math.PI);
      pen.fill();
    });
  }

  function draw() {
    const both = scaleOf(expected, received);
    drawMap(canvases.expected, expected, own.checked ? scaleOf(expected) : both);
    drawMap(canvases.received, received, own.checked ? scaleOf(received) : both);
    if (!difference) return;
    drawMap(canvases.difference, difference, { ...scaleOf(difference), root: true });
    drawScatter(view.querySelector('.scatter'));
  }

  function indexOf(cell) {
    const columns = Number(canvases.expected.dataset.columns);
    const along = { down: Math.floor(cell / columns), across: cell % columns };
    const parts = axes.map((axis) => {
      if (typeof axis === 'number') return axis;
      const from = along[axis] * block;
      return block === 1 ? from : `${from}–${from + block - 1}`;
    });
    return `[${parts.join(', ')}]`;
  }

  function tell() {
    const named = document.createElement('strong');
    named.textContent = `${cursor === worst ? 'Worst, at' : 'At'} ${indexOf(cursor)}:`;
    const off = short(difference[cursor]);
    const sign = difference[cursor] > 0 ? '+' : '';
    readout.replaceChildren(
      named,
      ` expected ${short(expected[cursor])}, yours ${short(received[cursor])}, difference ${sign}${off}`,
    );
  }

  function move(to) {
    cursor = to;
    tell();
    draw();
  }

  function readable() {
    const maps = view.querySelector('.maps');
    const rows = Number(canvases.expected.dataset.rows);
    const columns = Number(canvases.expected.dataset.columns);
    maps.addEventListener('keydown', (event) => {
      const [row, column] = [Math.floor(cursor / columns), cursor % columns];
      const to = {
        ArrowUp: [row - 1, column],
        ArrowDown: [row + 1, column],
        ArrowLeft: [row, column - 1],
        ArrowRight: [row, column + 1],
        Home: [Math.floor(worst / columns), worst % columns],
      }[event.key];
      if (!to || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      const [y, x] = to;
      if (y >= 0 && y < rows && x >= 0 && x < columns) move(y * columns + x);
    });
    for (const canvas of Object.values(canvases)) {
      canvas.addEventListener('pointermove', (event) => {
        const box = canvas.getBoundingClientRect();
        const share = (at, size, margin) => (at / size - margin) / (1 - 2 * margin);
        const y = Math.floor(rows * share(event.clientY - box.top, box.height, MARGIN / canvas.height));
        const x = Math.floor(columns * share(event.clientX - box.left, box.width, MARGIN / canvas.width));
        const to = Math.min(rows - 1, Math.max(0, y)) * columns + Math.min(columns - 1, Math.max(0, x));
        if (to !== cursor) move(to);
      });
      canvas.addEventListener('pointerleave', () => move(worst));
    }
    tell();
  }

  own.addEventListener('change', draw);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  if (difference) readable();
  draw();
}

document.addEventListener('report-shown', () => {
  const watcher = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      watcher.unobserve(target);
      enhance(target);
    }
  });
  for (const view of document.querySelectorAll('.tensors[data-axes]')) watcher.observe(view);
});
