import { scaleOf } from './colours.js';

const SIDE = 150;
const ROOM = 6;
const RADIUS = 2.2;
/** So many points hide each other unless they are faint. */
const MANY = 400;

/** Received values upwards against expected ones across, on one scale; on the diagonal they are equal. */
export function drawScatter(canvas, { expected, received }) {
  const { lowest, highest } = scaleOf(expected, received);
  const at = (value) => ROOM + ((value - lowest) / (highest - lowest || 1)) * (SIDE - 2 * ROOM);
  canvas.width = SIDE;
  canvas.height = SIDE;
  const pen = canvas.getContext('2d');
  const style = getComputedStyle(canvas);
  pen.strokeStyle = style.getPropertyValue('--strong-line');
  pen.setLineDash([4, 3]);
  pen.beginPath();
  pen.moveTo(0, SIDE);
  pen.lineTo(SIDE, 0);
  pen.stroke();
  pen.fillStyle = style.getPropertyValue('--link');
  pen.globalAlpha = expected.length > MANY ? 0.35 : 0.7;
  expected.forEach((value, i) => {
    if (!Number.isFinite(value) || !Number.isFinite(received[i])) return;
    pen.beginPath();
    pen.arc(at(value), SIDE - at(received[i]), RADIUS, 0, 2 * Math.PI);
    pen.fill();
  });
}
