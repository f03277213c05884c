// Something in front of it lets known methods through and no others.
import { refusing, startOddly } from './scripted-http.ts';

export const start = () => startOddly({ 'server/discover': refusing(403) });
