// What vendors publish of the credentials that they give out. A `shape` can be told by itself; a `name` needs the name of
// the variable beside it, which the vendor's own documentation or tools use.
import { rows } from './sample.ts';

/** Short names of the pages that the table cites often. */
const pages: Record<string, string> = {
  gitleaks: 'https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml',
  trufflehog: 'https://github.com/trufflesecurity/trufflehog/tree/main/pkg/detectors',
  secretlint: 'https://github.com/secretlint/secretlint/tree/master/packages/%40secretlint',
};

/** vendor and kind | variable | shape or name | how it is made | source */
const table = `
AWS access key id | AWS_ACCESS_KEY_ID | shape | AKIA{b32:16} | gitleaks
AWS temporary key id | AWS_ACCESS_KEY_ID | shape | ASIA{b32:16} | gitleaks
AWS secret key | AWS_SECRET_ACCESS_KEY | name | {b64:40} | https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
AWS session token | AWS_SESSION_TOKEN | name | IQoJb3JpZ2luX2Vj{b64:300}== | https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_use-resources.html
AWS Bedrock | AWS_BEARER_TOKEN_BEDROCK | shape | ABSK{b64:128} | gitleaks
GitHub classic | GITHUB_TOKEN | shape | ghp_{b62:30}{crc62} | https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
GitHub OAuth | GH_TOKEN | shape | gho_{b62:30}{crc62} | gitleaks
GitHub app user | GITHUB_TOKEN | shape | ghu_{b62:30}{crc62} | gitleaks
GitHub app server | GITHUB_TOKEN | shape | ghs_{b62:30}{crc62} | gitleaks
GitHub refresh | GITHUB_REFRESH_TOKEN | shape | ghr_{b62:30}{crc62} | gitleaks
GitHub fine-grained | GH_TOKEN | shape | github_pat_{b62:22}_{b62:59} | gitleaks
GitLab personal | GITLAB_TOKEN | shape | glpat-{url:20} | gitleaks
GitLab personal routable | GITLAB_TOKEN | shape | glpat-{url:27}.01.{low36:9} | https://docs.gitlab.com/security/tokens/
GitLab deploy | CI_DEPLOY_PASSWORD | shape | gldt-{url:20} | gitleaks
GitLab runner | RUNNER_TOKEN | shape | glrt-{url:20} | gitleaks
GitLab trigger | TRIGGER_TOKEN | shape | glptt-{hex:40} | gitleaks
GitLab CI job | CI_JOB_TOKEN | shape | glcbt-{hex:2}_{url:20} | gitleaks
GitLab feed | GITLAB_FEED_TOKEN | shape | glft-{url:20} | gitleaks
GitLab SCIM | SCIM_TOKEN | shape | glsoat-{url:20} | gitleaks
GitLab agent | GITLAB_AGENT_TOKEN | shape | glagent-{url:50} | gitleaks
GitLab OAuth app | GITLAB_APP_SECRET | shape | gloas-{url:64} | gitleaks
Slack bot | SLACK_BOT_TOKEN | shape | xoxb-{digits:12}-{digits:13}-{b62:24} | gitleaks
Slack user | SLACK_USER_TOKEN | shape | xoxp-{digits:12}-{digits:12}-{digits:13}-{hex:32} | gitleaks
Slack app | SLACK_APP_TOKEN | shape | xapp-1-A{up36:10}-{digits:13}-{hex:64} | gitleaks
Slack webhook | SLACK_WEBHOOK_URL | shape | https://hooks.slack.com/services/T{up36:10}/B{up36:10}/{b62:24} | gitleaks
Slack signing | SLACK_SIGNING_SECRET | name | {hex:32} | https://docs.slack.dev/authentication/verifying-requests-from-slack/
Stripe secret | STRIPE_SECRET_KEY | shape | sk_live_51{b62:97} | gitleaks
Stripe test | STRIPE_API_KEY | shape | sk_test_{b62:24} | gitleaks
Stripe restricted | STRIPE_RESTRICTED_KEY | shape | rk_live_{b62:24} | gitleaks
Stripe webhook | STRIPE_WEBHOOK_SECRET | shape | whsec_{b62:32} | https://docs.stripe.com/webhooks
OpenAI legacy | OPENAI_API_KEY | shape | sk-{b62:20}T3BlbkFJ{b62:20} | gitleaks
OpenAI project | OPENAI_API_KEY | shape | sk-proj-{url:74}T3BlbkFJ{url:73}A | gitleaks
OpenAI service account | OPENAI_API_KEY | shape | sk-svcacct-{url:74}T3BlbkFJ{url:73}A | gitleaks
Anthropic | ANTHROPIC_API_KEY | shape | sk-ant-api03-{url:93}AA | gitleaks
Anthropic admin | ANTHROPIC_ADMIN_KEY | shape | sk-ant-admin01-{url:93}AA | gitleaks
Google API | GOOGLE_API_KEY | shape | AIza{url:34}A | gitleaks
Google OAuth secret | GOOGLE_CLIENT_SECRET | shape | GOCSPX-{url:27}A | https://docs.github.com/en/code-security/reference/secret-security/supported-secret-scanning-patterns
Google access token | GOOGLE_OAUTH_ACCESS_TOKEN | shape | ya29.a0{url:200}A | https://developers.google.com/identity/protocols/oauth2
Azure AD secret | AZURE_CLIENT_SECRET | shape | {b62:3}8Q~{url:34} | gitleaks
DigitalOcean | DIGITALOCEAN_ACCESS_TOKEN | shape | dop_v1_{hex:64} | gitleaks
DigitalOcean OAuth | DIGITALOCEAN_TOKEN | shape | doo_v1_{hex:64} | gitleaks
Heroku | HEROKU_API_KEY | shape | HRKU-AA{url:57}A | gitleaks
Heroku former | HEROKU_API_KEY | name | {uuid} | gitleaks
Terraform Cloud | TFE_TOKEN | shape | {b62:14}.atlasv1.{b62:67} | gitleaks
Vault service | VAULT_TOKEN | shape | hvs.{url:94}A | gitleaks
Vault batch | VAULT_TOKEN | shape | hvb.{url:150}A | gitleaks
Atlassian | ATLASSIAN_API_TOKEN | shape | ATATT3{url:177}={HEX:8} | gitleaks
HubSpot private app | HUBSPOT_ACCESS_TOKEN | shape | pat-na1-{uuid} | https://developers.hubspot.com/docs/apps/legacy-apps/private-apps/overview
Supabase secret | SUPABASE_SECRET_KEY | shape | sb_secret_{url:22}_{b62:8} | https://supabase.com/docs/guides/api/api-keys
Supabase access | SUPABASE_ACCESS_TOKEN | shape | sbp_{hex:40} | https://supabase.com/docs/guides/api/api-keys
Airtable | AIRTABLE_API_KEY | shape | pat{b62:14}.{hex:64} | gitleaks
Telegram bot | TELEGRAM_BOT_TOKEN | shape | {int:1000000000-8999999999}:AA{url:33} | gitleaks
Discord bot | DISCORD_TOKEN | shape | MT{b62:24}.G{url:5}.{url:37}A | https://docs.discord.com/developers/reference
Discord webhook | DISCORD_WEBHOOK_URL | shape | https://discord.com/api/webhooks/{digits:19}/{url:67}A | https://docs.discord.com/developers/resources/webhook
Fly.io | FLY_API_TOKEN | shape | fm2_{b64:160} | gitleaks
npm | NPM_TOKEN | shape | npm_{b62:30}{crc62} | gitleaks
PyPI | TWINE_PASSWORD | shape | pypi-AgEIcHlwaS5vcmc{url:150}A | gitleaks
RubyGems | GEM_HOST_API_KEY | shape | rubygems_{hex:48} | gitleaks
Docker Hub | DOCKER_TOKEN | shape | dckr_pat_{url:26}A | trufflehog
SendGrid | SENDGRID_API_KEY | shape | SG.{url:22}.{url:42}A | gitleaks
Brevo | BREVO_API_KEY | shape | xkeysib-{hex:64}-{b62:16} | gitleaks
Mailgun | MAILGUN_API_KEY | shape | key-{hex:32} | gitleaks
Mailchimp | MAILCHIMP_API_KEY | shape | {hex:32}-us{int:10-21} | gitleaks
Twilio token | TWILIO_AUTH_TOKEN | name | {hex:32} | https://www.twilio.com/docs/iam/api-keys
Shopify admin | SHOPIFY_ACCESS_TOKEN | shape | shpat_{hex:32} | gitleaks
Shopify app secret | SHOPIFY_API_SECRET | shape | shpss_{hex:32} | gitleaks
Square | SQUARE_ACCESS_TOKEN | shape | sq0atp-{url:21}A | gitleaks
Notion | NOTION_TOKEN | shape | ntn_{digits:11}{b62:35} | gitleaks
Linear | LINEAR_API_KEY | shape | lin_api_{b62:40} | gitleaks
Figma | FIGMA_TOKEN | shape | figd_{url:39}A | secretlint
Postman | POSTMAN_API_KEY | shape | PMAK-{hex:24}-{hex:34} | gitleaks
New Relic user | NEW_RELIC_API_KEY | shape | NRAK-{up36:27} | gitleaks
Datadog API | DD_API_KEY | name | {hex:32} | https://docs.datadoghq.com/account_management/api-app-keys/
Datadog application | DD_APP_KEY | name | {hex:40} | https://docs.datadoghq.com/account_management/api-app-keys/
Grafana service | GRAFANA_TOKEN | shape | glsa_{b62:32}_{hex:8} | gitleaks
Grafana cloud | GRAFANA_CLOUD_TOKEN | shape | glc_{b64:100} | gitleaks
Sentry user | SENTRY_AUTH_TOKEN | shape | sntryu_{hex:64} | gitleaks
Sentry organization | SENTRY_AUTH_TOKEN | shape | sntrys_eyJpYXQiO{b62:60}LCJyZWdpb25fdXJs{b62:60}_{b64:43} | gitleaks
Databricks | DATABRICKS_TOKEN | shape | dapi{hex:32} | gitleaks
Hugging Face | HF_TOKEN | shape | hf_{alpha:34} | gitleaks
Replicate | REPLICATE_API_TOKEN | shape | r8_{b62:37} | trufflehog
OpenRouter | OPENROUTER_API_KEY | shape | sk-or-v1-{hex:64} | https://openrouter.ai/docs/api-reference/authentication
xAI | XAI_API_KEY | shape | xai-{b62:80} | trufflehog
Groq | GROQ_API_KEY | shape | gsk_{b62:52} | trufflehog
Perplexity | PERPLEXITY_API_KEY | shape | pplx-{b62:48} | gitleaks
Doppler | DOPPLER_TOKEN | shape | dp.pt.{b62:43} | gitleaks
Pulumi | PULUMI_ACCESS_TOKEN | shape | pul-{hex:40} | gitleaks
PlanetScale token | PLANETSCALE_SERVICE_TOKEN | shape | pscale_tkn_{b62:43} | gitleaks
PlanetScale password | DATABASE_PASSWORD | shape | pscale_pw_{b62:43} | gitleaks
Netlify | NETLIFY_AUTH_TOKEN | name | {url:42}A | gitleaks
Vercel | VERCEL_TOKEN | shape | vcp_{b62:40} | secretlint
Vercel former | VERCEL_TOKEN | name | {b62:24} | https://vercel.com/docs/accounts/access-tokens
Cloudflare user | CLOUDFLARE_API_TOKEN | shape | cfut_{b62:40}{crc16} | https://developers.cloudflare.com/fundamentals/api/get-started/token-formats/
Cloudflare account | CLOUDFLARE_API_TOKEN | shape | cfat_{b62:40}{crc16} | https://developers.cloudflare.com/fundamentals/api/get-started/token-formats/
Cloudflare former | CLOUDFLARE_API_TOKEN | name | {url:39}A | gitleaks
Cloudflare origin CA | CLOUDFLARE_API_USER_SERVICE_KEY | shape | v1.0-{hex:24}-{hex:146} | gitleaks
Contentful management | CONTENTFUL_MANAGEMENT_TOKEN | shape | CFPAT-{url:42}A | https://www.contentful.com/developers/docs/references/authentication/
Dropbox | DROPBOX_ACCESS_TOKEN | shape | sl.{url:134}A | gitleaks
Asana | ASANA_ACCESS_TOKEN | shape | 2/{digits:16}/{digits:16}:{hex:32} | https://developers.asana.com/docs/personal-access-token
CircleCI | CIRCLE_TOKEN | shape | CCIPAT_{b62:22}_{hex:40} | https://circleci.com/changelog/new-format-for-api-access-tokens/
Tailscale | TS_AUTHKEY | shape | tskey-auth-{b62:12}CNTRL-{b62:32} | secretlint
1Password | OP_SERVICE_ACCOUNT_TOKEN | shape | ops_eyJ{b62:400} | gitleaks
Dynatrace | DT_API_TOKEN | shape | dt0c01.{b32:24}.{b32:64} | gitleaks
Octopus | OCTOPUS_API_KEY | shape | API-{up36:26} | gitleaks
ReadMe | README_API_KEY | shape | rdme_{low36:70} | gitleaks
Prefect | PREFECT_API_KEY | shape | pnu_{b62:36} | gitleaks
Typeform | TYPEFORM_TOKEN | shape | tfp_{url:58}A | gitleaks
Artifactory | ARTIFACTORY_API_KEY | shape | AKCp{b62:69} | gitleaks
MaxMind | MAXMIND_LICENSE_KEY | shape | {b62:6}_{b62:29}_mmk | gitleaks
age | SOPS_AGE_KEY | shape | AGE-SECRET-KEY-1{bech32:58} | gitleaks
JSON Web Token | SERVICE_JWT | shape | {jwt} | https://www.rfc-editor.org/rfc/rfc7519
`;

export interface Credential {
  readonly vendor: string;
  readonly variable: string;
  readonly hasShape: boolean;
  readonly pattern: string;
  readonly source: string;
}

export const credentials: readonly Credential[] = rows(table).map((cells) => {
  const [vendor, variable, kind, pattern, source] = cells;
  if (cells.length !== 5 || !vendor || !variable || !pattern || !source) {
    throw new TypeError(`this row of the table has not its five cells: ${cells.join(' | ')}`);
  }
  return { vendor, variable, hasShape: kind === 'shape', pattern, source: pages[source] ?? source };
});
