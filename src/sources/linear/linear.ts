import type { Provider } from '../provider.ts';
import { getIssue, listIssues, listTeams, searchIssues } from './read.ts';
import { addComment, createIssue, updateIssue } from './write.ts';

const guide = `# Linear

Issues of this organization's Linear workspace.

- Begin with \`list_teams\`: issues belong to a team, which is named by its key (\`ENG\`), and have a state by its name.
- \`search_issues\` finds by words, \`list_issues\` by team, state and assignee. Both give a \`nextCursor\` where there is more: pass it
  as \`after\`.
- An issue is named by its identifier (\`ENG-12\`).
- People are named by their e-mail address, labels by their name.
- \`update_issue\` changes only what is given.
`;

/** https://linear.app/developers/graphql */
export const linear: Provider = {
  id: 'linear',
  displayName: 'Linear',
  baseUrl: 'https://api.linear.app/',
  guide,
  actions: [listTeams, listIssues, searchIssues, getIssue, createIssue, updateIssue, addComment],
};
