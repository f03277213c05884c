// Something in front of it lets nobody through.
import { refusing, startOddly } from './scripted-http.ts';

export const start = () => startOddly({ '*': refusing(403) });
