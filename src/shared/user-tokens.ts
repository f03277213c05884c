/** How long a person's token works unless it says otherwise; also one of a command line that was let in. */
export const defaultTokenSeconds = 90 * 24 * 3600;
