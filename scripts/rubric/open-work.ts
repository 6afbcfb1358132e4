import type { PartDefinition } from '../../grader/assignment/define.ts';

/** Says on standard error of which parts not all is recorded as they are now. */
export function tellOpen(
  parts: readonly PartDefinition[],
  amountOf: (part: PartDefinition) => { readonly total: number; readonly known: number },
  what: string,
): void {
  for (const part of parts) {
    const { total, known } = amountOf(part);
    if (known < total)
      console.error(`${part.id}: ${total - known} of ${total} ${what} are not recorded as they are now`);
  }
}
