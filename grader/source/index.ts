export { checkSource, type SourceCheck } from './check-source.ts';
export { sourceRules, type SourceFinding } from './finding.ts';
export { parse } from './parse.ts';
export { importedModules } from './rules/imports.ts';
