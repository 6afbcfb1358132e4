import { EventEmitter } from 'node:events';
import { MOST_REFUSALS, REFUSAL } from '../format/incident.ts';

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

/** What the system call filter, Landlock, file modes and Node.js's permissions answer with. */
const REFUSING = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSYS', 'ERR_ACCESS_DENIED', 'ERR_DLOPEN_FAILED']);
const MODULES = ['fs', 'fs/promises', 'child_process'] as const;
/** No submission needs these, whether or not they are refused. */
const WAYS_OUT = ['getBuiltinModule', 'binding', '_linkedBinding', 'dlopen'] as const;
const OF_PROCESS = ['chdir', 'kill', 'setuid', 'setgid', 'seteuid', 'setegid', 'setgroups'] as const;

/**
 * Notes what Node.js's interfaces refuse to code that runs after this was made, for staff to know that something was
 * tried. A hint and no boundary: whoever knows of it gets around it, or has it note what never happened.
 */
export class Refusals {
  #noted = new Set<string>();

  constructor() {
    for (const name of MODULES) {
      const module = process.getBuiltinModule?.(name) as Record<string, unknown> | undefined;
      if (module) this.#watchAll(module, name);
    }
    const own = process as unknown as Record<string, unknown>;
    for (const name of OF_PROCESS) this.#watch(own, name, `process.${name}`);
    for (const name of WAYS_OUT) this.#watchUse(own, name);
    this.#watchEmitters();
  }

  /** What was noted since this was last asked, in no more than a few short texts. */
  take(): string[] {
    const noted = [...this.#noted];
    this.#noted = new Set();
    return noted;
  }

  #watchAll(module: Record<string, unknown>, name: string): void {
    for (const key of Object.keys(module)) {
      // Capitals are classes.
      if (/^[a-z]/.test(key)) this.#watch(module, key, `${name}.${key}`);
    }
  }

  /** Puts a function in the place of another that does the same, and notes what was refused: thrown, returned or told later. */
  #watch(owner: Record<string, unknown>, key: string, called: string): void {
    const note = (error: unknown): void => this.#noteError(called, error);
    replace(
      owner,
      key,
      (original) =>
        function watched(this: unknown, ...args: unknown[]): unknown {
          const last = args.at(-1);
          if (typeof last === 'function') {
            args[args.length - 1] = function told(this: unknown, ...results: unknown[]): unknown {
              note(results[0]);
              return Reflect.apply(last, this, results);
            };
          }
          try {
            const result = Reflect.apply(original, this, args);
            if (result instanceof Promise) result.catch(note);
            // Synchronous functions of child_process return the error.
            else if (typeof result === 'object' && result !== null && 'error' in result) note(result.error);
            return result;
          } catch (error) {
            note(error);
            throw error;
          }
        },
    );
  }

  #watchUse(owner: Record<string, unknown>, key: string): void {
    const note = (what: unknown): void => {
      const named =
        typeof what === 'string' ? `process.${key}:${what.replace(/^node:/, '')}` : `process.${key}`;
      this.#note(named);
    };
    replace(
      owner,
      key,
      (original) =>
        function watched(this: unknown, ...args: unknown[]): unknown {
          note(args[0]);
          return Reflect.apply(original, this, args);
        },
    );
  }

  /** Sockets, processes and streams tell of what was refused by an event. */
  #watchEmitters(): void {
    const note = (error: unknown): void => this.#noteError('error', error);
    replace(
      EventEmitter.prototype as unknown as Record<string, unknown>,
      'emit',
      (original) =>
        function emit(this: unknown, ...args: unknown[]): unknown {
          if (args[0] === 'error') note(args[1]);
          return Reflect.apply(original, this, args);
        },
    );
  }

  #noteError(called: string, error: unknown): void {
    try {
      const { code, syscall } = (error ?? {}) as { code?: unknown; syscall?: unknown };
      if (typeof code !== 'string' || !REFUSING.has(code)) return;
      const name = called === 'error' && typeof syscall === 'string' ? syscall.split(' ')[0] : called;
      this.#note(`${name.replace('/', '.')} ${code}`);
    } catch {
      // What was thrown is nothing that can be looked at.
    }
  }

  #note(text: string): void {
    if (this.#noted.size < MOST_REFUSALS && REFUSAL.test(text)) this.#noted.add(text);
  }
}

/** Replaces a function by another that keeps its properties, such as its promisified form. */
function replace(
  owner: Record<string, unknown>,
  key: string,
  make: (original: AnyFunction) => AnyFunction,
): void {
  // The value itself: some accessors print a warning when they are asked.
  const original: unknown = Object.getOwnPropertyDescriptor(owner, key)?.value;
  if (typeof original !== 'function') return;
  const made = make(original as AnyFunction);
  Object.defineProperties(made, Object.getOwnPropertyDescriptors(original));
  try {
    owner[key] = made;
  } catch {
    // Some versions of Node.js let this not be replaced.
  }
}
