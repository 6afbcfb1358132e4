/** How much of some maps lies on the objects of their pictures. */
export interface Localisation {
  /** Share of a map's sum that lies in its mask, mean over the pictures; a map of zeros has none there. */
  readonly energy: number;
  /** `energy` over `chance`. */
  readonly timesChance: number;
  /** Share of the maps whose largest value lies in the mask (the pointing game, Zhang et al. 2016). */
  readonly pointingGame: number;
}

/** Mean share of a picture that its mask covers: the energy of a map that is the same everywhere. */
export function chanceOf(masks: Float32Array): number {
  return masks.reduce((sum, value) => sum + value, 0) / masks.length;
}

/**
 * @param maps `[N, H, W]`, none of them negative.
 * @param masks `[N, H, W]` in [0, 1]: the share of each pixel that is the object.
 */
export function measureLocalisation({
  maps,
  masks,
  pictures,
}: {
  maps: Float32Array;
  masks: Float32Array;
  pictures: number;
}): Localisation {
  const pixels = maps.length / pictures;
  let energy = 0;
  let hits = 0;
  for (let start = 0; start < maps.length; start += pixels) {
    let total = 0;
    let inside = 0;
    let peak = start;
    for (let i = start; i < start + pixels; i++) {
      total += maps[i];
      inside += maps[i] * masks[i];
      if (maps[i] > maps[peak]) peak = i;
    }
    if (total === 0) continue;
    energy += inside / total;
    if (masks[peak] >= 0.5) hits++;
  }
  const mean = energy / pictures;
  return { energy: mean, timesChance: mean / chanceOf(masks), pointingGame: hits / pictures };
}
