import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What is to be undone when this process ends. It ends once, so there is one list. */
const undoings = new Set<() => void>();

/**
 * Has something undone when this process ends: by itself, by `process.exit`, or by SIGINT, SIGTERM or SIGHUP, which
 * then make it exit with 128 and the signal's number. What came last is undone first, since it may rest on what was
 * there before. A program that listens to one of these signals itself decides when to exit.
 * @param undo synchronous; must not throw
 * @returns how to take it back, once it is undone
 */
export function whenProcessEnds(undo: () => void): () => void {
  if (undoings.size === 0) {
    process.on('exit', undoAll);
    for (const signal of SIGNALS) process.on(signal, exitBySignal);
  }
  undoings.add(undo);
  return () => {
    if (!undoings.delete(undo) || undoings.size > 0) return;
    process.off('exit', undoAll);
    for (const signal of SIGNALS) process.off(signal, exitBySignal);
  };
}

function undoAll(): void {
  for (const undo of [...undoings].toReversed()) undo();
}

function exitBySignal(signal: NodeJS.Signals): void {
  const others = process.listeners(signal).some((listener) => listener !== exitBySignal);
  if (!others) process.exit(128 + constants.signals[signal]);
}
