import { markup, type Markup } from '../../../grader/report/page/markup.ts';

/** Where things are, since the list of checks is long. */
export function contents(has: {
  incidents: boolean;
  flaky: boolean;
  similar: boolean;
  times: boolean;
  uploads: boolean;
}): Markup {
  const links = [
    ['#scores', 'Scores'],
    ['#by-check', 'Checks'],
    ...(has.incidents ? [['#incidents', 'Incidents']] : []),
    ...(has.flaky ? [['#flaky', 'Flaky checks']] : []),
    ...(has.similar ? [['#similar', 'Similar submissions']] : []),
    ...(has.times ? [['#times', 'Times']] : []),
    ['#all', 'Submissions'],
    ['grades.csv', 'grades.csv'],
    ...(has.uploads
      ? [
          ['grades-gradescope.csv', 'for Gradescope'],
          ['grades-canvas.csv', 'for Canvas'],
        ]
      : []),
  ];
  return markup`<nav aria-label="contents">${links.map(([href, name]) => markup`<a href="${href}">${name}</a> `)}</nav>`;
}
