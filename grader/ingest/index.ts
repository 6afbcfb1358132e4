export type { Refusal } from './choose.ts';
export { ingest, type IngestedSubmission, type IngestOptions } from './ingest.ts';
export { DEFAULT_LIMITS, type IngestLimits } from './limits.ts';
export { printable } from './printable.ts';
export { stage, type Staged, type StageOptions } from './stage.ts';
