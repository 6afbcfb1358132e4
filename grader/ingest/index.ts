export { ingest, type IngestedSubmission } from './ingest.ts';
export type { IngestLimits } from './limits.ts';
export { stage } from './stage.ts';
