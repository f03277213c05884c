import { AssentError } from './errors.ts';

/** The proxies that an environment names, as other programs read it: the small name before the capital one. */
export interface Proxies {
  /** `http://proxy.example:3128`; '' for none. */
  readonly http: string;
  readonly https: string;
  /** What is reached without them: `NO_PROXY`, and this machine itself. */
  readonly except: string;
}

export class ProxyNameError extends AssentError<'proxy_name'> {}

/** No proxy could reach what is meant by these. */
const itself = 'localhost,127.0.0.1,[::1]';

/** `undefined` where there are none. Throws `ProxyNameError`, which names the variable to mend, and not its value. */
export function proxiesIn(env: Readonly<Record<string, string | undefined>>): Proxies | undefined {
  const http = addressIn(env, 'HTTP_PROXY');
  const https = addressIn(env, 'HTTPS_PROXY');
  if (http === '' && https === '') return undefined;
  const except = env['no_proxy'] ?? env['NO_PROXY'] ?? '';
  return { http, https, except: [except, itself].filter((part) => part !== '').join(',') };
}

function addressIn(env: Readonly<Record<string, string | undefined>>, name: string): string {
  const used = env[name.toLowerCase()] === undefined ? name : name.toLowerCase();
  const value = env[used] ?? '';
  if (value === '') return '';
  const address = value.includes('://') ? value : `http://${value}`;
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol))
    return withoutPath(new URL(address));
  throw new ProxyNameError(
    'proxy_name',
    `${used} is no address of a proxy. Give one like http://proxy.example.com:3128, or unset it.`,
  );
}

function withoutPath(url: URL): string {
  return Object.assign(new URL(url), { pathname: '/', search: '', hash: '' }).href;
}
