// It falls over at a method that it does not know.
import { startOddly } from './scripted-http.ts';

export const start = () => startOddly({ 'server/discover': (response) => response.destroy() });
