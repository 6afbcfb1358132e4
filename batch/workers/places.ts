import { UsageError } from '../../grader/format/errors.ts';

/** Where one submission at a time is graded. */
export interface Place {
  /** Of several graphics devices: the number of a CUDA device, a part of the name of an adapter of WebGPU. */
  readonly device?: string;
}

/** How many are graded at a time on this machine, and on which devices, as somebody asks for it. */
export interface PlacesWanted {
  readonly jobs?: number | undefined;
  readonly gpu?: readonly string[] | undefined;
  readonly perGpu?: number | undefined;
}

/**
 * The places of a machine. Where devices are named, each gets as many as is said, one by default, and is dealt one
 * before any gets its second, so that few submissions use all devices.
 * @param otherwise how many there are where nothing is asked for
 * @throws UsageError where two ways of counting are asked for
 */
export function placesOf({ jobs, gpu, perGpu }: PlacesWanted, otherwise: number): Place[] {
  if (gpu === undefined) {
    if (perGpu !== undefined) throw new UsageError('--per-gpu goes with --gpu, which says which cards');
    return Array.from({ length: jobs ?? otherwise }, () => ({}));
  }
  if (jobs !== undefined) {
    throw new UsageError(
      '--jobs does not go with --gpu: as many are graded at a time as --per-gpu says, on each',
    );
  }
  return Array.from({ length: perGpu ?? 1 }, () => gpu.map((device) => ({ device }))).flat();
}
