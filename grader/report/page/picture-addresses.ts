import { encodePng, thumbnailUri, type Raster } from '../../picture/index.ts';

const addressOf = (raster: Raster): string =>
  `data:image/png;base64,${Buffer.from(encodePng(raster)).toString('base64')}`;

/** The most that each may have so that all together have no more than a budget: small ones leave theirs to the large. */
export function fairShare(wanted: readonly number[], budget: number): number {
  let left = budget;
  const ascending = wanted.toSorted((a, b) => a - b);
  for (const [i, size] of ascending.entries()) {
    const share = left / (ascending.length - i);
    if (size > share) return Math.floor(share);
    left -= size;
  }
  return Infinity;
}

/**
 * Pictures as `data:` addresses, in full size as long as all of them fit into a budget of characters; otherwise the
 * largest are scaled down.
 */
export function pictureAddresses(
  rasters: Iterable<Raster>,
  budget: number,
): ReadonlyMap<Raster, string | undefined> {
  const full = new Map([...rasters].map((raster) => [raster, addressOf(raster)]));
  const most = fairShare(
    [...full.values()].map((address) => address.length),
    budget,
  );
  return new Map(
    [...full].map(([raster, address]) => {
      if (address.length <= most) return [raster, address];
      const maxSide = Math.max(raster.width, raster.height);
      return [raster, thumbnailUri({ raster, maxSide, maxCharacters: most })];
    }),
  );
}
