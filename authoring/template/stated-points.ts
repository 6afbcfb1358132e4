/** `**6 points**` or `**6 points, 2 bonus points**`: what a handout says of its part, at its first such place. */
export const STATED_POINTS =
  /\*\*(?<points>\d+(?:\.\d+)?) points?(?:, (?<bonus>\d+(?:\.\d+)?) bonus points?)?\*\*/;
