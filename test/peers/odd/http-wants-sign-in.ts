// It wants an OAuth sign-in, and says where.
import { refusing, startOddly } from './scripted-http.ts';

export const start = () =>
  startOddly({
    '*': refusing(401, { 'www-authenticate': 'Bearer resource_metadata="https://a.example/x"' }),
  });
