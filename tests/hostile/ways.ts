import type { Means } from '../../grader/sandbox/layers.ts';

/** Ways of isolating under which the suite is run, strongest first. */
export const WAY_NAMES = [
  'strongest',
  'no-bubblewrap',
  'kernel-only',
  'no-compiler',
  'no-landlock',
  'util-linux',
  'plain-user',
  'plain-user-no-bubblewrap',
  'graphics',
  'graphics-no-bubblewrap',
] as const;
export type WayName = (typeof WAY_NAMES)[number];

export interface Way {
  readonly name: WayName;
  /** Means that are not used. */
  readonly without: readonly Means[];
  /** The grader runs as an ordinary user. */
  readonly plainUser?: boolean;
  /** What computes, where it is not WASM. */
  readonly backend?: 'webgpu';
}

export const WAYS: readonly Way[] = [
  { name: 'strongest', without: [] },
  { name: 'no-bubblewrap', without: ['bubblewrap'] },
  { name: 'kernel-only', without: ['bubblewrap', 'permission-flags'] },
  { name: 'no-compiler', without: ['bubblewrap', 'compiler'] },
  { name: 'no-landlock', without: ['bubblewrap', 'landlock'] },
  { name: 'util-linux', without: ['bubblewrap', 'compiler', 'perl'] },
  { name: 'plain-user', without: [], plainUser: true },
  { name: 'plain-user-no-bubblewrap', without: ['bubblewrap'], plainUser: true },
  { name: 'graphics', without: [], backend: 'webgpu' },
  { name: 'graphics-no-bubblewrap', without: ['bubblewrap'], backend: 'webgpu' },
];
