declare const ASSENT_VERSION: string | undefined;

/** The version of Assent. The build writes it in; sources that run as they are say `0.0.0-dev`. */
export const version: string = typeof ASSENT_VERSION === 'string' ? ASSENT_VERSION : '0.0.0-dev';
