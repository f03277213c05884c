// It never answers a method that it does not know.
import { neverAnswering, startOddly } from './scripted-http.ts';

export const start = () => startOddly({ 'server/discover': neverAnswering });
