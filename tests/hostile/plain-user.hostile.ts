import { attackUnder } from './attack-under.ts';

attackUnder(['plain-user', 'plain-user-no-bubblewrap']);
