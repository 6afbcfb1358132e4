export { checkSource, type SourceCheck } from './check-source.ts';
export { sourceRules, type SourceFinding } from './finding.ts';
