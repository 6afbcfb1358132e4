import type { SelfTestPart } from '../part.ts';
import { clock, visitor } from './clock-and-visitor.ts';
import { poster } from './poster.ts';
import { weather } from './weather.ts';

/** An assignment of the engine's own: as many kinds of things as a run must get right, each as small as can be. */
export const SELF_TEST_PARTS: readonly SelfTestPart[] = [weather, poster, clock, visitor];
