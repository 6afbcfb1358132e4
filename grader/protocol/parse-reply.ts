import { countTensors, decodeSafetensors } from '../format/safetensors.ts';
import type { TensorData } from '../format/tensor-data.ts';
import type { ValueTree } from '../format/value-tree.ts';
import {
  headerBytesOf,
  LARGEST_BUDGET,
  tensorBytesOf,
  tooManyBytes,
  tooManyTensors,
  type AnswerBudget,
} from './answer-budget.ts';
import { ProtocolViolation, type Frame } from './frame.ts';
import { envelope, type Reply } from '../format/messages.ts';

/** A child's answer, checked: of a known form, within bounds, and naming only tensors that came with it. */
export interface ParsedReply {
  readonly reply: Reply;
  readonly tensors: Record<string, TensorData>;
}

/** Bounds of a returned value; what an honest child sends stays below them. */
const MAX_DEPTH = 12;
const MAX_NODES = 5000;
const MAX_TEXT = 8192;

const NUMBER_WORDS = new Set<unknown>(['NaN', 'Infinity', '-Infinity']);
const NOTHING_WORDS = new Set<unknown>(['null', 'undefined']);

/**
 * Reads a value tree by hand: a validator made for small trusted files takes seconds and half a gigabyte on a
 * megabyte of hostile JSON, and runs out of stack on a deep one.
 */
class ValueReader {
  #nodes = 0;
  readonly #tensors: Record<string, TensorData>;

  constructor(tensors: Record<string, TensorData>) {
    this.#tensors = tensors;
  }

  read(value: unknown, depth = 0): ValueTree {
    if (depth > MAX_DEPTH || ++this.#nodes > MAX_NODES)
      throw new ProtocolViolation('a value too deep or too large');
    const [key, item] = onlyEntry(value);
    switch (key) {
      case 'tensor':
        return { tensor: this.tensorName(item) };
      case 'number':
        if (typeof item === 'number' || NUMBER_WORDS.has(item)) return { number: item as number | 'NaN' };
        break;
      case 'text':
      case 'other':
        if (typeof item === 'string' && item.length <= MAX_TEXT)
          return key === 'text' ? { text: item } : { other: item };
        break;
      case 'boolean':
        if (typeof item === 'boolean') return { boolean: item };
        break;
      case 'none':
        if (NOTHING_WORDS.has(item)) return { none: item as 'null' | 'undefined' };
        break;
      case 'list':
        if (Array.isArray(item)) return { list: item.map((one) => this.read(one, depth + 1)) };
        break;
      case 'record':
        if (isRecord(item)) return { record: this.#record(item, depth + 1) };
    }
    throw new ProtocolViolation('a value of no known form');
  }

  /** @throws ProtocolViolation when no tensor of this name came along */
  tensorName(name: unknown): string {
    if (typeof name === 'string' && Object.hasOwn(this.#tensors, name)) return name;
    throw new ProtocolViolation('a tensor that did not come with its answer');
  }

  #record(item: Record<string, unknown>, depth: number): Record<string, ValueTree> {
    // Without a prototype, so that a key named like one of its members is a key like any other.
    const record = Object.create(null) as Record<string, ValueTree>;
    for (const [key, one] of Object.entries(item)) record[key] = this.read(one, depth);
    return record;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The one key of an object, and what is under it. */
function onlyEntry(value: unknown): [string, unknown] {
  if (!isRecord(value)) throw new ProtocolViolation('a value of no known form');
  const entries = Object.entries(value);
  if (entries.length !== 1) throw new ProtocolViolation('a value of no known form');
  return entries[0];
}

/**
 * @throws ProtocolViolation when the frame is not an answer that a child may give
 * @throws OverBudget when what it returns is larger than the budget; nothing of it is decoded then
 */
export function parseReply(frame: Frame, budget: AnswerBudget = LARGEST_BUDGET): ParsedReply {
  const parsed = envelope.safeParse(frame.message);
  if (!parsed.success) throw new ProtocolViolation('an answer of no known form');
  const message = parsed.data;
  if (message.type !== 'returned') return { reply: message, tensors: {} };
  const tensors = readTensors(frame.tensors, budget);
  const reader = new ValueReader(tensors);
  const { gradient, value, ...rest } = message;
  const reply: Reply = {
    ...rest,
    value: reader.read(value),
    ...(gradient === undefined ? {} : { gradient: reader.tensorName(gradient) }),
  };
  return { reply, tensors };
}

function readTensors(bytes: Uint8Array, budget: AnswerBudget): Record<string, TensorData> {
  if (bytes.length === 0) return {};
  const count = countTensors(bytes);
  if (count > budget.tensors) throw tooManyTensors(count, budget);
  if (bytes.length > tensorBytesOf(budget)) throw tooManyBytes(bytes.length, budget);
  try {
    // Copies, since the frame's memory goes with the chunk it came in. No runner sends half precision, which would
    // take twice its size here.
    return decodeSafetensors(bytes, { maxHeaderBytes: headerBytesOf(budget), widen: false });
  } catch {
    throw new ProtocolViolation('tensors that cannot be read');
  }
}
