import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Has the process end with a sentence when somebody interrupts it, whoever else listens: libraries that do leave it to
 * one another to end. What is half made goes as the process ends.
 * @returns how to listen no longer
 */
export function endWhenInterrupted(sentence: string): () => void {
  const end = (signal: NodeJS.Signals): never => {
    process.stderr.write(`${sentence}\n`);
    process.exit(128 + constants.signals[signal]);
  };
  for (const signal of SIGNALS) process.on(signal, end);
  return () => {
    for (const signal of SIGNALS) process.off(signal, end);
  };
}
