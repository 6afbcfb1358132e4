export { checkSource, type SourceCheck } from './check-source.ts';
export { sourceRules, type SourceFinding, type SourceRule } from './finding.ts';
