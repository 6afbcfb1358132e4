import { Child, type ChildOptions } from '../../child/child.ts';
import { GraderError } from '../../format/errors.ts';
import { phase } from '../../format/phase.ts';
import { installedBackends, isOptional } from '../../tensorflow/optional/backends-directory.ts';
import { whyNotReady } from './why-not-ready.ts';

/** What `auto` takes where nothing faster is there, and what it falls back on. */
export const FALLBACK = 'wasm';
/** For a device that is slow to wake up. */
const START_SECONDS = 60;
/** How much longer calls take by a graphics driver in software than on WASM, which the limits are made for. */
const SOFTWARE_TIME_FACTOR = 20;

/** What the children of a run compute on. */
export interface ChosenBackend {
  readonly name: string;
  /** What every time limit is stretched by where nobody says. */
  readonly timeFactor: number;
  /** Whether {@link FALLBACK} may take its place when its device goes away. */
  readonly mayFallBack: boolean;
  /** What was passed over, and why, for staff. */
  readonly passedOver: readonly { readonly name: string; readonly why: string }[];
}

type Tried = { readonly software: boolean } | { readonly whyNot: string };

/** Has a child get ready, in which no submitted line runs. */
async function tryBackend(name: string, options: Omit<ChildOptions, 'backend'>): Promise<Tried> {
  const child = new Child({ ...options, backend: name });
  try {
    const ready = await phase('spawn', `trying ${name}`, () => child.ready(START_SECONDS));
    if (ready.kind === 'reply' && ready.reply.type === 'ready')
      return { software: ready.reply.software === true };
    return { whyNot: whyNotReady(ready, child.takeOutput().kept.toString('utf8', 0, 2000)) };
  } finally {
    await child.destroy();
  }
}

/**
 * What children are to compute on. A backend that npm's own install does not bring is tried first, in a child.
 * @param wanted a backend's name, or `auto` for the first of those installed that has a device, and no driver in software
 * @throws GraderError where one was named and cannot be used
 */
export async function chooseBackend(
  wanted: string,
  options: Omit<ChildOptions, 'backend'>,
): Promise<ChosenBackend> {
  const plain = { timeFactor: 1, mayFallBack: false, passedOver: [] };
  if (isOptional(wanted)) {
    const tried = await tryBackend(wanted, options);
    if ('whyNot' in tried) throw new GraderError(tried.whyNot);
    return { ...plain, name: wanted, timeFactor: tried.software ? SOFTWARE_TIME_FACTOR : 1 };
  }
  if (wanted !== 'auto') return { ...plain, name: wanted };
  const passedOver: { name: string; why: string }[] = [];
  for (const name of installedBackends()) {
    const tried = await tryBackend(name, options);
    if ('software' in tried && !tried.software) return { ...plain, name, mayFallBack: true, passedOver };
    passedOver.push({
      name,
      why: 'whyNot' in tried ? tried.whyNot : `${name}: its driver is in software, slower than WASM`,
    });
  }
  return { ...plain, name: FALLBACK, passedOver };
}
