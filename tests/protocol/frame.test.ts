import { describe, expect, it } from 'vitest';
import { encodeFrame, FrameReader, ProtocolViolation, type FrameCaps } from '../../grader/protocol/frame.ts';

const CAPS: FrameCaps = { frameBytes: 4096, jsonBytes: 1024, totalBytes: 16_384 };

function lengths(...values: number[]): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) view.setUint32(4 * i, value, true);
  return bytes;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function framed(json: string): Uint8Array {
  const text = bytesOf(json);
  return Uint8Array.from([...lengths(4 + text.length, text.length), ...text]);
}

describe('reading frames', () => {
  it('puts a frame together from single bytes', () => {
    const frame = encodeFrame({ message: { id: 1 }, tensors: Uint8Array.of(7, 8, 9) });
    const reader = new FrameReader(CAPS);
    const frames = [...frame].flatMap((byte) => reader.push(Uint8Array.of(byte)));
    expect(frames).toEqual([{ message: { id: 1 }, tensors: Uint8Array.of(7, 8, 9) }]);
  });

  it('counts what has come since it was told to forget the rest', () => {
    const half = framed(`"${'x'.repeat(CAPS.jsonBytes - 2)}"`);
    const many = Math.floor(CAPS.totalBytes / half.length);
    const reader = new FrameReader(CAPS);
    for (let i = 0; i < many; i++) reader.push(half);
    reader.resetTotal();
    for (let i = 0; i < many; i++) expect(reader.push(half)).toHaveLength(1);
    expect(() => reader.push(half)).toThrow(/more data than a child may send/);
  });

  it('finds several frames in one piece', () => {
    const piece = Uint8Array.from([...framed('1'), ...framed('[2]'), ...framed('{"a":3}')]);
    expect(new FrameReader(CAPS).push(piece).map(({ message }) => message)).toEqual([1, [2], { a: 3 }]);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['a frame of 4 GB', lengths(0xffff_ffff), /larger than the cap/],
    ['a frame just over the cap', lengths(4097), /larger than the cap/],
    ['a frame of nothing', lengths(0), /too short/],
    ['a JSON text longer than its frame', lengths(8, 400), /longer than its frame/],
    [
      'a JSON text over the cap',
      Uint8Array.from([...lengths(1200, 1100), ...new Uint8Array(1196)]),
      /or the cap/,
    ],
    ['a text that is not JSON', framed('{"a"'), /not JSON/],
    ['JSON that nests deep', framed('['.repeat(300) + ']'.repeat(300)), /nested too deep/],
    ['JSON that nests deep and never closes', framed('{"a":'.repeat(100)), /nested too deep/],
  ])('refuses %s', (_, stream, reason) => {
    const read = (): unknown => new FrameReader(CAPS).push(Uint8Array.from([...stream, 0, 0, 0, 0]));
    expect(read).toThrow(ProtocolViolation);
    expect(read).toThrow(reason);
  });

  it('does not take brackets in strings for nesting', () => {
    const text = `["${'['.repeat(200)}", "\\"${'{'.repeat(200)}"]`;
    expect(new FrameReader(CAPS).push(framed(text))).toHaveLength(1);
  });

  it('refuses more in all than a child may send, however small the frames', () => {
    const reader = new FrameReader(CAPS);
    const flood = (): void => {
      for (let i = 0; i < 2000; i++) reader.push(framed('1'));
    };
    expect(flood).toThrow(/more data than a child may send/);
  });

  it('stores nothing for a length that is only claimed', () => {
    const readers = Array.from({ length: 200 }, () => new FrameReader());
    const before = process.memoryUsage().rss;
    // 64 MiB each, of which nothing follows.
    for (const reader of readers) reader.push(lengths(64 * 1024 * 1024));
    expect(process.memoryUsage().rss - before).toBeLessThan(512 * 1024 * 1024);
  });
});
