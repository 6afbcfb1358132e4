import { MiB } from '../format/units.ts';

/**
 * Frames between the grader and a child: a 4-byte little-endian length of what follows, a 4-byte length of the
 * JSON text, the JSON text, and tensors in the safetensors format. The receiving side states its caps; a frame
 * that claims more is a violation before a single byte of it is stored.
 */

export interface Frame {
  readonly message: unknown;
  /** Safetensors bytes; may be empty. */
  readonly tensors: Uint8Array;
}

/** The other side does not speak the protocol; nothing more of it can be trusted. */
export class ProtocolViolation extends Error {
  override readonly name = 'ProtocolViolation';
}

/** A frame says that it is longer than one may be; not a byte of it has been stored. */
export class FrameTooLarge extends ProtocolViolation {
  /** So long it says it is. */
  readonly bytes: number;
  constructor(bytes: number) {
    super('a frame larger than the cap');
    this.bytes = bytes;
  }
}

export interface FrameCaps {
  /** Bytes of one frame after its length field. */
  readonly frameBytes: number;
  /** Bytes of its JSON text. */
  readonly jsonBytes: number;
  /** Bytes of all frames of one process. */
  readonly totalBytes: number;
}

export const DEFAULT_CAPS: FrameCaps = { frameBytes: 64 * MiB, jsonBytes: 1 * MiB, totalBytes: 512 * MiB };

const LENGTH_BYTES = 4;

export function encodeFrame(frame: Frame): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(frame.message));
  const bytes = new Uint8Array(2 * LENGTH_BYTES + json.length + frame.tensors.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, bytes.length - LENGTH_BYTES, true);
  view.setUint32(LENGTH_BYTES, json.length, true);
  bytes.set(json, 2 * LENGTH_BYTES);
  bytes.set(frame.tensors, 2 * LENGTH_BYTES + json.length);
  return bytes;
}

/** Deeper than any message needs to be; what reads messages may call itself this often. */
const MAX_JSON_DEPTH = 64;

/** Whether brackets nest deeper, found before anything is made of the text. Brackets in strings are no brackets. */
function isDeeperThan(depth: number, json: Uint8Array): boolean {
  const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = Buffer.from('"\\[]{}');
  let open = 0;
  let inString = false;
  for (let i = 0; i < json.length && open <= depth; i++) {
    const byte = json[i];
    if (inString) {
      if (byte === BACKSLASH) i++;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) open++;
    else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) open--;
  }
  return open > depth;
}

/** The body of a frame (all after the length field) to its parts. The parts share the body's memory. */
export function decodeBody(body: Uint8Array, caps: FrameCaps): Frame {
  if (body.length < LENGTH_BYTES) throw new ProtocolViolation('a frame without its JSON length');
  const jsonLength = new DataView(body.buffer, body.byteOffset).getUint32(0, true);
  if (jsonLength > caps.jsonBytes || LENGTH_BYTES + jsonLength > body.length) {
    throw new ProtocolViolation('a JSON text longer than its frame or the cap');
  }
  const json = body.subarray(LENGTH_BYTES, LENGTH_BYTES + jsonLength);
  if (isDeeperThan(MAX_JSON_DEPTH, json)) throw new ProtocolViolation('a JSON text nested too deep');
  const text = new TextDecoder().decode(json);
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    throw new ProtocolViolation('a frame whose text is not JSON');
  }
  return { message, tensors: body.subarray(LENGTH_BYTES + jsonLength) };
}

/** Puts frames together from chunks as they come off a pipe; memory is bounded by one frame. */
export class FrameReader {
  #caps: FrameCaps;
  #total = 0;
  #head = new Uint8Array(LENGTH_BYTES);
  #headFilled = 0;
  #body: Uint8Array | undefined;
  #bodyFilled = 0;

  constructor(caps: FrameCaps = DEFAULT_CAPS) {
    this.#caps = caps;
  }

  /** From the next frame on, one may have so many bytes of tensors, within what frames may have at all. */
  limitTensors(bytes: number): void {
    const { jsonBytes, frameBytes } = DEFAULT_CAPS;
    this.#caps = { ...this.#caps, frameBytes: Math.min(frameBytes, LENGTH_BYTES + jsonBytes + bytes) };
  }

  /** What has come so far does not count any more. */
  resetTotal(): void {
    this.#total = 0;
  }

  /** The frames that this chunk completes. @throws ProtocolViolation */
  push(chunk: Uint8Array): Frame[] {
    this.#total += chunk.length;
    if (this.#total > this.#caps.totalBytes) throw new ProtocolViolation('more data than a child may send');
    const frames: Frame[] = [];
    let at = 0;
    while (at < chunk.length) {
      if (this.#body === undefined) {
        const take = Math.min(LENGTH_BYTES - this.#headFilled, chunk.length - at);
        this.#head.set(chunk.subarray(at, at + take), this.#headFilled);
        this.#headFilled += take;
        at += take;
        if (this.#headFilled < LENGTH_BYTES) break;
        this.#openBody();
      }
      const body = this.#body!;
      const take = Math.min(body.length - this.#bodyFilled, chunk.length - at);
      body.set(chunk.subarray(at, at + take), this.#bodyFilled);
      this.#bodyFilled += take;
      at += take;
      if (this.#bodyFilled === body.length) {
        frames.push(decodeBody(body, this.#caps));
        this.#body = undefined;
        this.#headFilled = 0;
      }
    }
    return frames;
  }

  #openBody(): void {
    const length = new DataView(this.#head.buffer).getUint32(0, true);
    if (length < LENGTH_BYTES) throw new ProtocolViolation('a frame too short to hold anything');
    if (length > this.#caps.frameBytes) throw new FrameTooLarge(length);
    this.#body = new Uint8Array(length);
    this.#bodyFilled = 0;
  }
}
