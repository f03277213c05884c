/** What may have changed since an agent asked, by its name on the wire, as people read it. */
export const differenceWords = {
  source: 'Its source: how it is set up has changed, or it is gone.',
  action: 'The action: its source does not offer it any more.',
  definition: 'Its definition: which params it takes.',
  description: 'Its description: what it says that it does.',
  risk: 'Its risk: it is another than when it was asked for.',
  session: 'Its session: it has ended.',
} as const satisfies Readonly<Record<string, string>>;
