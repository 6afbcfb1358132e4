import { fileOf, type Refusal } from './refusal.ts';
import type { RecordedPart } from './recorded-part.ts';

/** The expected tensors that are one number everywhere, so that nearly any answer could be right. */
export function constantTensors(recorded: RecordedPart): Refusal[] {
  const refusals: Refusal[] = [];
  for (const [id, { definition }] of recorded.cases) {
    if (definition.constant) continue;
    const tensors = Object.assign(
      {},
      ...[...recorded.expected(id).values()].map((call) => call.tensors),
    ) as Record<string, { readonly data: ArrayLike<number> }>;
    for (const [name, { data }] of Object.entries(tensors)) {
      if (data.length < 2 || Array.from(data).some((value) => value !== data[0])) continue;
      refusals.push({
        file: fileOf(recorded.part, 'cases.ts'),
        place: `case ${id}`,
        cases: [id],
        problem: `the expected tensor ${name} is ${data[0]} everywhere`,
        remedy: 'choose inputs that tell answers apart, or say constant: true where it must be so',
      });
    }
  }
  return refusals;
}
