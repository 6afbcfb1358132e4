import type ts from 'typescript';
import { findingAt, type Finding } from './findings.ts';
import { beginMarker, endMarker, type Marker } from './markers.ts';

/** Beginnings and ends of regions that belong together, and the markers that have no other half. */
export function pairMarkers(
  sourceFile: ts.SourceFile,
  markers: readonly Marker[],
): { pairs: [begin: Marker, end: Marker][]; findings: Finding[] } {
  const pairs: [Marker, Marker][] = [];
  const findings: Finding[] = [];
  let open: Marker | undefined;
  const report = (marker: Marker, problem: string, remedy: string): void => {
    findings.push(findingAt(sourceFile, marker.start, { problem, remedy }));
  };
  for (const marker of markers) {
    if (marker.kind === 'end') {
      if (open) pairs.push([open, marker]);
      else
        report(
          marker,
          `"${endMarker}" without a "${beginMarker}" before it`,
          `add "${beginMarker}" or remove this line`,
        );
      open = undefined;
    } else if (open) {
      const { line } = sourceFile.getLineAndCharacterOfPosition(open.start);
      report(
        marker,
        `"${beginMarker}" inside the region that begins on line ${line + 1}`,
        `end that region first; regions do not nest`,
      );
    } else open = marker;
  }
  if (open)
    report(
      open,
      `"${beginMarker}" without an "${endMarker}" after it`,
      `add "${endMarker}" after the last statement of the region`,
    );
  return { pairs, findings };
}
