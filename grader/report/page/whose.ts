/** What is received, to those who read a page: the students' own work, or somebody's. */
export type Whose = 'yours' | 'the student’s';
