import { attackUnder } from './attack-under.ts';

attackUnder(['no-bubblewrap', 'kernel-only']);
