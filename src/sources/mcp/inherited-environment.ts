/**
 * What a command needs to be found, to run and to reach the world from here. The gateway's own environment holds secrets: what is not
 * named in this list is not handed on, and nothing that changes which code is run (`NODE_OPTIONS`, `LD_PRELOAD`) is in it.
 */
const toRun = 'PATH HOME USER LOGNAME SHELL TMPDIR TZ LANG LANGUAGE LC_ALL LC_CTYPE';
const folders = 'XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_RUNTIME_DIR';
/** Which certificates are trusted: by Node, OpenSSL, Python, curl and git. */
const certificates =
  'NODE_EXTRA_CA_CERTS NODE_USE_SYSTEM_CA SSL_CERT_FILE SSL_CERT_DIR REQUESTS_CA_BUNDLE CURL_CA_BUNDLE GIT_SSL_CAINFO';
const withoutProxy = 'NODE_USE_ENV_PROXY NO_PROXY no_proxy';
const inherited = [toRun, folders, certificates, withoutProxy].flatMap((names) => names.split(' '));

const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()]);

/** The part of an environment that every command gets. A proxy's address with a user name or a password in it stays here. */
export function inheritedEnvironment(all: NodeJS.ProcessEnv): Record<string, string> {
  const given = [...inherited, ...proxies].flatMap((name): [string, string][] => {
    const value = all[name];
    const isSecret = proxies.includes(name) && value?.includes('@') === true;
    return value === undefined || isSecret ? [] : [[name, value]];
  });
  return Object.fromEntries(given);
}
