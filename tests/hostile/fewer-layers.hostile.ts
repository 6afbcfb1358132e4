import { attackUnder } from './attack-under.ts';

attackUnder(['no-compiler', 'no-landlock', 'util-linux']);
