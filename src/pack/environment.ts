/** Where a step runs: all that it may know of the receiver's own environment. */
export interface Surroundings {
  readonly home: string;
  readonly user: string;
  /** The folder for temporary files. */
  readonly tmp: string;
}

export interface StepEnvironment {
  readonly env: Readonly<Record<string, string>>;
  /** The names that the pack set and the step does not get. */
  readonly dropped: readonly string[];
}

/** Variables that make programs load or run what they name. No policy can allow them. `*` is the rest of the name. */
const refused = `
  LD_* DYLD_* GCONV_PATH GLIBC_TUNABLES
  BASH_ENV BASH_FUNC_* BASHOPTS ENV IFS PS4 PROMPT_COMMAND SHELLOPTS ZDOTDIR
  NODE_OPTIONS NODE_PATH NODE_REPL_EXTERNAL_MODULE PYTHON* PERL* RUBYOPT RUBYLIB LUA_INIT* LUA_PATH* LUA_CPATH*
  JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS CLASSPATH
  GIT_SSH* GIT_CONFIG* GIT_EXEC_PATH GIT_EXTERNAL_DIFF GIT_PROXY_COMMAND GIT_TEMPLATE_DIR GIT_ASKPASS GIT_PAGER
  GIT_TRACE* GIT_ALLOW_PROTOCOL XDG_CONFIG_HOME npm_config_* DOTNET_STARTUP_HOOKS GIT_DIR GIT_COMMON_DIR GIT_EDITOR GIT_SEQUENCE_EDITOR SSH_ASKPASS
  EDITOR VISUAL PAGER MANPAGER BROWSER LESSOPEN LESSCLOSE MAKEFLAGS MAKEFILES GNUMAKEFLAGS
  OPENSSL_CONF OPENSSL_MODULES OPENSSL_ENGINES GCC_EXEC_PREFIX COMPILER_PATH CCC_OVERRIDE_OPTIONS DEVELOPER_DIR __proto__`;

const refusedNames = new RegExp(`^(?:${refused.trim().split(/\s+/).join('|').replaceAll('*', '.*')})$`);
const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * The environment of a step: a fresh one, and of the pack's variables those that `allowed` names, or all where no policy is
 * configured. Source: design, action packs, section 4, "Running a step".
 */
export function stepEnvironment(
  wanted: ReadonlyMap<string, string>,
  allowed: ReadonlySet<string> | undefined,
  { home, user, tmp }: Surroundings,
): StepEnvironment {
  const path = '/usr/bin:/bin:/usr/sbin:/sbin';
  const env: Record<string, string> = { PATH: path, HOME: home, USER: user, LANG: 'C.UTF-8', TMPDIR: tmp };
  const dropped: string[] = [];
  for (const [name, value] of wanted) {
    const passes = plainName.test(name) && !refusedNames.test(name) && (allowed?.has(name) ?? true);
    if (passes) env[name] = value;
    else dropped.push(name);
  }
  return { env, dropped };
}
