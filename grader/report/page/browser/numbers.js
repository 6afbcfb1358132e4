/** Numbers that the page was given as base64, three bytes each: a float32 without its last eight bits. */
export function unpackFloats(text) {
  const bytes = atob(text);
  const view = new DataView(new ArrayBuffer(4));
  return Float32Array.from({ length: bytes.length / 3 }, (_, i) => {
    for (let b = 0; b < 3; b++) view.setUint8(b + 1, bytes.charCodeAt(3 * i + b));
    return view.getFloat32(0, true);
  });
}

export function short(value) {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : String(value);
}
