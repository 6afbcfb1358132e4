import { markup, type Markup } from '../../../grader/report/page/markup.ts';

/** Where things are, since the list of checks is long. */
export function contents(has: {
  ours: boolean;
  refused: boolean;
  untried: boolean;
  unnamed: boolean;
  incidents: boolean;
  flaky: boolean;
  similar: boolean;
  times: boolean;
  uploads: boolean;
}): Markup {
  const links = [
    ...(has.ours ? [['#ours', 'Not judged']] : []),
    ...(has.refused ? [['#refused', 'Refused']] : []),
    ...(has.untried ? [['#untried', 'Nothing to grade']] : []),
    ...(has.unnamed ? [['#unnamed', 'Without a name']] : []),
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
