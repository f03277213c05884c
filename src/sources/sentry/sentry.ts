import type { Provider } from '../provider.ts';
import { getEvent, getIssue, listIssueEvents, listIssues, listProjects, updateIssue } from './issues.ts';

const guide = `# Sentry

Errors of this organization's projects.

- Every action wants the \`organization\` by its slug; \`list_projects\` gives the slugs of its projects.
- \`list_issues\` takes a search of Sentry's own (\`is:unresolved level:error\`); without one, it lists what is unresolved.
- An issue is named by its id, a number, or its shortId (\`WEB-12\`); \`list_issue_events\` gives its events, and \`get_event\` one with its stack trace.
- Where there is more, an answer has a \`nextCursor\`: pass it as \`cursor\`.
`;

/** https://docs.sentry.io/api/ */
export const sentry: Provider = {
  id: 'sentry',
  displayName: 'Sentry',
  baseUrl: 'https://sentry.io/',
  guide,
  actions: [listProjects, listIssues, getIssue, listIssueEvents, getEvent, updateIssue],
};
