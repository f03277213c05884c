import { sitePath } from '../../contract/login.ts';

/** Where to go afterwards; what is no path of this site is the first page instead. */
export const next = sitePath.catch('/');
