/**
 * Published shapes of credentials: what it is, its shape as `shape-pattern` reads it (besides, `(a|b)` stands for a row of each,
 * and `(a)?` for one with and one without it), and where its issuer, or who scans for it, says so. Two spaces stand between the
 * three. A shape begins where no letter or digit is before it, and where its length is fixed none follows.
 */
const table = String.raw`
assent token  ast_[su]_[\w-]{43,}  docs/storage.md
AWS access key id  A[KS]IA[A-Z0-9]{16}  https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
AWS session token  IQoJb3JpZ2luX2Vj[A-Za-z0-9+/=]{100,}  https://docs.aws.amazon.com/STS/latest/APIReference/API_Credentials.html
AWS Bedrock key  ABSK[A-Za-z0-9+/]{109,269}  https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html
AWS Bedrock short-term key  bedrock-api-key-[A-Za-z0-9+/=]{60,}  https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html
GitHub token  gh[oprsu]_[A-Za-z0-9]{36,}  https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
GitHub fine-grained token  github_pat_\w{36,}  https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
GitHub installation token  ghs_\d{1,20}_[\w-]{8,}\.[\w-]{1,}\.[\w-]{8,}  https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app
GitLab token  gl(pat|rt|rtr|dt|ft|imt|oas|agent|soat|ptt|cbt|ffct|wt)-[\w-]{20,}  https://docs.gitlab.com/security/tokens/#token-prefixes
GitLab routable token  gl(pat|rt|cbt|dt|ptt|ft)-[\w-]{20,}\.[0-9A-Za-z]{2}\.[0-9A-Za-z]{7,9}  https://docs.gitlab.com/security/tokens/#token-prefixes
GitLab registration token  GR1348941[\w-]{20,}  https://docs.gitlab.com/security/tokens/#token-prefixes
GitLab session cookie  _gitlab_session=[0-9a-z]{32}  https://docs.gitlab.com/security/tokens/#token-prefixes
Slack token  xox[abcdeoprs]-[A-Za-z0-9%-]{10,}  https://docs.slack.dev/authentication/tokens
Slack rotated token  xoxe\.xox[bp]-\d-[A-Za-z0-9]{100,}  https://docs.slack.dev/authentication/using-token-rotation
Slack app token  xapp-\d-[A-Za-z0-9-]{10,}  https://docs.slack.dev/authentication/tokens
Slack webhook  hooks\.slack\.com/(services|workflows|triggers)/[\w/-]{16,}  https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
Discord webhook  discord(app)?\.com/api/webhooks/\d{17,20}/[\w-]{60,}  https://discord.com/developers/docs/resources/webhook
Discord bot token  [MNO][DTjz][AEIMQUYcgk][\w-]{20,25}\.[\w-]{6}\.[\w-]{27,45}  https://discord.com/developers/docs/reference#authentication
Telegram bot token  \d{8}:AA[\w-]{32,34}  https://core.telegram.org/bots/features#botfather
Telegram bot token  \d{9}:AA[\w-]{32,34}  https://core.telegram.org/bots/features#botfather
Telegram bot token  \d{10}:AA[\w-]{32,34}  https://core.telegram.org/bots/features#botfather
Telegram bot token in a URL  bot\d{8,10}:[\w-]{34,36}  https://core.telegram.org/bots/api#authorizing-your-bot
Stripe key  [rs]k_(live|test|prod)_[A-Za-z0-9]{24,}  https://docs.stripe.com/keys
Stripe organization key  sk_org_(live|test)_[A-Za-z0-9]{24,}  https://docs.stripe.com/keys
Webhook signing secret  whsec_[A-Za-z0-9+/=]{16,}  https://docs.stripe.com/webhooks/signature
Google API key  AIza[\w-]{35}  https://cloud.google.com/docs/authentication/api-keys
Google OAuth token  ya29\.[\w.-]{20,}  https://developers.google.com/identity/protocols/oauth2
Google OAuth client secret  GOCSPX-[\w-]{28}  https://developers.google.com/identity/protocols/oauth2
Google OAuth refresh token  1//0[\w-]{40,}  https://developers.google.com/identity/protocols/oauth2
Google Cloud Vertex key  AQ\.Ab[\w-]{40,}  https://ai.google.dev/gemini-api/docs/api-key
Anthropic key  sk-ant-[\w-]{20,}  https://docs.anthropic.com/en/api/getting-started
OpenRouter key  sk-or-v1-[0-9a-f]{64}  https://openrouter.ai/docs/api-reference/authentication
LangSmith key  lsv2_(pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}  https://docs.smith.langchain.com/administration/how_to_guides/organization_management/create_account_api_key
xAI key  xai-[A-Za-z0-9_-]{70,}  https://docs.x.ai/docs/overview
Perplexity key  pplx-[A-Za-z0-9]{40,}  https://docs.perplexity.ai/guides/api-key-management
Replicate token  r8_[A-Za-z0-9]{37,40}  https://replicate.com/docs/topics/security/api-tokens
Groq key  gsk_[A-Za-z0-9]{52}  https://console.groq.com/docs/quickstart
NVIDIA key  nvapi-[\w-]{60,}  https://docs.nvidia.com/nim/large-language-models/latest/getting-started.html
Hugging Face token  hf_[A-Za-z]{34}  https://huggingface.co/docs/hub/security-tokens
Hugging Face organization token  api_org_[A-Za-z]{34}  https://huggingface.co/docs/hub/security-tokens
Pinecone key  pcsk_[A-Za-z0-9]{4,8}_[A-Za-z0-9]{40,}  https://docs.pinecone.io/guides/projects/manage-api-keys
Tavily key  tvly-[A-Za-z0-9-]{24,}  https://docs.tavily.com/documentation/api-reference/introduction
Langfuse secret key  sk-lf-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}  https://langfuse.com/docs/api-and-data-platform/features/public-api
Firecrawl key  fc-[0-9a-f]{32}  https://docs.firecrawl.dev/api-reference/introduction
Jina key  jina_[\w-]{50,}  https://jina.ai/embeddings/
Cerebras key  csk-[a-z0-9]{48}  https://inference-docs.cerebras.ai/quickstart
npm token  npm_[A-Za-z0-9]{36,}  https://github.blog/changelog/2021-09-23-npm-has-a-new-access-token-format/
PyPI token  pypi-[\w-]{50,}  https://packaging.python.org/en/latest/specifications/pypirc/
RubyGems key  rubygems_[0-9a-f]{48}  https://guides.rubygems.org/api-key-scopes/
NuGet key  oy2[a-z0-9]{43}  https://learn.microsoft.com/en-us/nuget/nuget-org/publish-a-package
Clojars token  CLOJARS_[a-z0-9]{60}  https://github.com/clojars/clojars-web/wiki/Deploy-Tokens
Docker token  dckr_(pat|oat)_[\w-]{27,}  https://docs.docker.com/security/access-tokens/
JFrog token  cmVmd[A-Za-z0-9]{59}  https://jfrog.com/help/r/jfrog-platform-administration-documentation/access-tokens
JFrog key  AKCp[A-Za-z0-9]{69}  https://jfrog.com/help/r/jfrog-platform-administration-documentation/api-key
SendGrid key  SG\.[\w-]{16,}\.[\w-]{16,}  https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys
Twilio key  SK[0-9a-f]{32}  https://www.twilio.com/docs/iam/api-keys
Mailgun key  key-[0-9a-f]{32}  https://documentation.mailgun.com/docs/mailgun/api-reference/mg-auth
Mailchimp key  [0-9a-f]{32}-us\d{1,2}  https://mailchimp.com/developer/marketing/guides/quick-start/
Brevo key  x(keysib|smtpsib)-[0-9a-f]{64}-[A-Za-z0-9]{16}  https://developers.brevo.com/docs/getting-started
Resend key  re_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}  https://resend.com/docs/dashboard/api-keys/introduction
Linear key  lin_(api|oauth)_[A-Za-z0-9]{32,}  https://linear.app/developers/graphql
Notion token  ntn_\d{11}[A-Za-z0-9]{35}  https://developers.notion.com/reference/authentication
Notion secret  secret_[A-Za-z0-9]{43}  https://developers.notion.com/reference/authentication
Sentry token  sntry[su]_[A-Za-z0-9+/=_-]{32,}  https://docs.sentry.io/account/auth-tokens/
Cloudflare token  cf(at|ut|k)_[A-Za-z0-9]{40}[0-9a-f]{8}  https://developers.cloudflare.com/fundamentals/api/get-started/create-token/
Cloudflare origin CA key  v1\.0-[0-9a-f]{24}-[0-9a-f]{146}  https://developers.cloudflare.com/fundamentals/api/get-started/ca-keys/
Figma token  figd_[\w-]{40,}  https://developers.figma.com/docs/rest-api/authentication/
Figma OAuth token  fig(u|ur|o|or|oh|uh)[dh]{0,1}_[\w-]{40,}  https://developers.figma.com/docs/rest-api/authentication/
Tailscale key  tskey-[a-z]{3,20}-[A-Za-z0-9]{8,64}-[A-Za-z0-9]{16,}  https://tailscale.com/kb/1101/api
Atlassian token  ATATT3[A-Za-z0-9_=-]{150,}  https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/
Atlassian admin token  ATCTT3[A-Za-z0-9_=-]{150,}  https://support.atlassian.com/organization-administration/docs/manage-an-organization-with-the-admin-apis/
Bitbucket app password  ATBB[A-Za-z0-9_=-]{24,}  https://support.atlassian.com/bitbucket-cloud/docs/app-passwords/
Bitbucket OAuth secret  ATOA[A-Za-z0-9_=-]{40,}  https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/
Atlassian OAuth secret  ATSTT[A-Za-z0-9_=-]{40,}  https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/
HubSpot token  pat-(na|eu|ap|au|ca)\d-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}  https://developers.hubspot.com/docs/guides/apps/private-apps/overview
Supabase token  sbp_[0-9a-f]{40}  https://supabase.com/docs/reference/api/introduction
Supabase OAuth token  sbp_(oauth|v0)_[0-9a-f]{40}  https://supabase.com/docs/reference/api/introduction
Supabase secret key  sb_secret_[\w-]{20,}  https://supabase.com/docs/guides/api/api-keys
DigitalOcean token  do[por]_v1_[0-9a-f]{64}  https://docs.digitalocean.com/reference/api/create-personal-access-token/
DigitalOcean Spaces key  DO(00|801)[A-Z0-9]{16,17}  https://docs.digitalocean.com/products/spaces/how-to/manage-access/
Heroku token  HRKU-[A-Za-z0-9_-]{36,}  https://devcenter.heroku.com/articles/authentication
Terraform token  [A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,}  https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens
Vault token  hv[sbr]\.[\w-]{24,}  https://developer.hashicorp.com/vault/docs/concepts/tokens
Azure client secret  [\w~.-]{3}[0-9]Q~[\w~.-]{31,34}  https://learn.microsoft.com/en-us/purview/sit-defn-azure-ad-client-secret
Azure storage key  AccountKey=[A-Za-z0-9+/]{86}==  https://learn.microsoft.com/en-us/azure/storage/common/storage-account-keys-manage
Azure key with a mark  [A-Za-z0-9+/]{76}(APIM|ACDb|\+ABa|\+AMC|\+ASt|AzFu|AzSe|AIoT)[A-Za-z0-9+/]{5,10}  https://learn.microsoft.com/en-us/purview/sit-defn-azure-storage-account-key
Azure service bus key  [A-Za-z0-9+/]{33}(\+ASb|\+AEh|ARm|AIoT|\+ACR|AAAC|AzSe)[A-Za-z0-9+/]{3,6}=  https://learn.microsoft.com/en-us/purview/sit-defn-azure-service-bus-shared-access-signature
Azure DevOps token  [A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}  https://learn.microsoft.com/en-us/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate
Azure AI key  [A-Za-z0-9]{52}JQQJ99[A-Za-z0-9]{26}  https://learn.microsoft.com/en-us/purview/sit-defn-azure-cognitive-search-api-key
Airtable token  pat[A-Za-z0-9]{14}\.[0-9a-f]{64}  https://airtable.com/developers/web/guides/personal-access-tokens
Fly token  fm[12][ar]{0,1}_[A-Za-z0-9+/=_,-]{60,}  https://fly.io/docs/security/tokens/
Fly v1 token  FlyV1 [A-Za-z0-9+/=_,-]{40,}  https://fly.io/docs/security/tokens/
Fly access token  fo1_[\w-]{43}  https://fly.io/docs/security/tokens/
Netlify token  nf[pcoub]_[A-Za-z0-9]{36,}  https://docs.netlify.com/api/get-started/
Vercel token  vc[aciprk]_[A-Za-z0-9]{24,}  https://vercel.com/docs/rest-api
Vercel blob token  vercel_blob_rw_[A-Za-z0-9]{16}_[A-Za-z0-9]{30,}  https://vercel.com/docs/vercel-blob
Render key  rnd_[A-Za-z0-9]{28,}  https://render.com/docs/api
Neon key  napi_[a-z0-9]{60,}  https://neon.com/docs/manage/api-keys
PlanetScale token  pscale_(tkn|pw|oauth)_[\w.-]{32,}  https://planetscale.com/docs/api/reference/service-tokens
Shopify token  shp(at|ca|pa|ss|tka|ua)_[A-Za-z0-9]{32,}  https://shopify.dev/docs/apps/build/authentication-authorization
Square token  EAAA[\w-]{60}  https://developer.squareup.com/docs/build-basics/access-tokens
Square secret  sq0(csp|atp|idp)-[\w-]{22,43}  https://developer.squareup.com/docs/build-basics/access-tokens
PayPal Braintree token  access_token$(production|sandbox)$[0-9a-z]{16}$[0-9a-f]{32}  https://developer.paypal.com/braintree/docs/guides/authorization/overview
Plaid token  access-(sandbox|development|production)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}  https://plaid.com/docs/api/items/
Razorpay key  rzp_(live|test)_[A-Za-z0-9]{14,}  https://razorpay.com/docs/payments/dashboard/account-settings/api-keys/
Flutterwave key  FLWSECK(_TEST)?-[A-Za-z0-9]{12,}-X  https://developer.flutterwave.com/docs/authentication
Facebook token  EAA[A-Za-z0-9]{100,}  https://developers.facebook.com/docs/facebook-login/guides/access-tokens
Instagram token  IGQ[A-Za-z0-9_-]{100,}  https://developers.facebook.com/docs/instagram-platform/
Twitter bearer token  AAAAAAAAAAAAAAAAAAAAA[A-Za-z0-9%]{60,}  https://docs.x.com/resources/fundamentals/authentication/oauth-2-0/application-only
LinkedIn secret  WPL_AP1\.[A-Za-z0-9]{16}\.[A-Za-z0-9+/=]{6,8}  https://learn.microsoft.com/en-us/linkedin/shared/authentication/authentication
Dropbox token  sl\.[\w-]{130,}  https://www.dropbox.com/developers/documentation/http/documentation
Dropbox user token  sl\.u\.[\w-]{130,}  https://www.dropbox.com/developers/documentation/http/documentation
Asana token  [0-2]/\d{16}:[0-9a-f]{32}  https://developers.asana.com/docs/personal-access-token
Asana token  [0-2]/\d{16}/\d{16}:[0-9a-f]{32}  https://developers.asana.com/docs/personal-access-token
Typeform token  tfp_[\w-]{40,}  https://www.typeform.com/developers/get-started/personal-access-token/
ClickUp token  pk_\d{7,9}_[A-Z0-9]{32}  https://developer.clickup.com/docs/authentication
Contentful token  CFPAT-[\w-]{43}  https://www.contentful.com/developers/docs/references/authentication/
Doppler token  dp\.(pt|st|sa|ct|scim|audit|said)\.[A-Za-z0-9]{40,44}  https://docs.doppler.com/docs/service-tokens
Doppler service token  dp\.st\.[a-z0-9_-]{2,35}\.[A-Za-z0-9]{40,44}  https://docs.doppler.com/docs/service-tokens
Infisical token  st\.[0-9a-f]{24}\.[0-9a-f]{32}\.[0-9a-f]{32}  https://infisical.com/docs/documentation/platform/token
1Password service account token  ops_eyJ[A-Za-z0-9+/=_-]{200,}  https://developer.1password.com/docs/service-accounts/
1Password secret key  A3-[A-Z0-9]{6}-[A-Z0-9]{6}-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}  https://support.1password.com/secret-key-security/
age secret key  AGE-SECRET-KEY-1[A-Z0-9]{58}  https://age-encryption.org/v1
Grafana service account token  glsa_[A-Za-z0-9]{32}_[0-9a-fA-F]{8}  https://grafana.com/docs/grafana/latest/administration/service-accounts/
Grafana Cloud token  glc_[A-Za-z0-9+/=]{32,}  https://grafana.com/docs/grafana-cloud/security-and-account-management/authentication-and-permissions/access-policies/
Grafana API key  eyJrIjoi[A-Za-z0-9+/=]{60,}  https://grafana.com/docs/grafana/latest/administration/service-accounts/migrate-api-keys/
Octopus Deploy key  API-[A-Z0-9]{25,26}  widely published form
New Relic user key  NRAK-[A-Z0-9]{27}  https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/
New Relic license key  [0-9a-f]{36}NRAL  https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/
New Relic ingest key  NRII-[\w-]{32}  https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/
New Relic browser key  NRJS-[0-9a-f]{19}  https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/
New Relic admin key  NRAA-[\w]{27}  https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/
Dynatrace token  dt0[a-z]\d{2}\.[A-Z0-9]{24}\.[A-Z0-9]{64}  https://docs.dynatrace.com/docs/manage/identity-access-management/access-tokens-and-oauth-clients/access-tokens
PostHog personal key  phx_[A-Za-z0-9]{40,}  https://posthog.com/docs/api
Honeycomb key  hc[abi][a-z]{2}_[a-z0-9]{50,}  https://docs.honeycomb.io/configure/environments/manage-api-keys/
Sourcegraph token  sgp_[0-9a-f]{40}  https://sourcegraph.com/docs/cli/how-tos/creating_an_access_token
Sourcegraph instance token  sgp_[A-Za-z0-9]{5,16}_[0-9a-f]{40}  https://sourcegraph.com/docs/cli/how-tos/creating_an_access_token
Buildkite token  bk(ua|at|ct|aj)_[A-Za-z0-9]{32,}  https://buildkite.com/docs/apis/managing-api-tokens
CircleCI token  CCIP(AT|RJ)_[A-Za-z0-9]{16,}_[0-9a-f]{40}  https://circleci.com/docs/managing-api-tokens/
Pulumi token  pul-[0-9a-f]{40}  https://www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens/
Prefect key  pn[ubt]_[A-Za-z0-9]{36}  https://docs.prefect.io/v3/how-to-guides/cloud/manage-users/api-keys
Databricks token  dapi[0-9a-fA-F]{32}  https://docs.databricks.com/aws/en/dev-tools/auth/pat
Databricks numbered token  dapi[0-9a-fA-F]{32}-\d{1,2}  https://docs.databricks.com/aws/en/dev-tools/auth/pat
Snyk token  snyk_(uat|sat)\.[a-z0-9]{8}\.[\w.-]{40,}  https://docs.snyk.io/snyk-api/authentication-for-api
SonarQube token  sq[upa]_[0-9a-f]{40}  https://docs.sonarsource.com/sonarqube-server/latest/user-guide/managing-tokens/
Postman key  PMAK-[0-9a-f]{24}-[0-9a-f]{34}  https://learning.postman.com/docs/developer/postman-api/authentication/
ReadMe key  rdme_[a-z0-9]{60,}  https://docs.readme.com/main/reference/authentication
EasyPost key  EZ[AT]K[A-Za-z0-9]{54}  https://docs.easypost.com/docs/authentication
Duffel token  duffel_(test|live)_[\w=-]{43}  https://duffel.com/docs/api/overview/making-requests
Frame.io token  fio-u-[\w=-]{64}  https://developer.frame.io/docs/getting-started/authentication
Shippo token  shippo_(live|test)_[0-9a-f]{40}  https://docs.goshippo.com/docs/guides_general/authentication/
Adafruit IO key  aio_[A-Za-z0-9]{28}  https://io.adafruit.com/api/docs/#authentication
Adobe client secret  p8e-[A-Za-z0-9-]{32}  https://developer.adobe.com/developer-console/docs/guides/authentication/
Alibaba access key id  LTAI[A-Za-z0-9]{16,26}  https://www.alibabacloud.com/help/en/ram/user-guide/create-an-accesskey-pair
Tencent secret id  AKID[A-Za-z0-9]{32,36}  https://www.tencentcloud.com/document/product/598/32675
Yandex token  y0_[\w-]{50,}  https://yandex.com/dev/id/doc/en/access
Yandex Cloud key  AQVN[\w-]{35,38}  https://yandex.cloud/en/docs/iam/concepts/authorization/api-key
Yandex IAM token  t1\.[A-Z0-9a-z_-]{30,}[=]{0,2}\.[A-Z0-9a-z_-]{60,}  https://yandex.cloud/en/docs/iam/concepts/authorization/iam-token
Scaleway key  SCW[A-Z0-9]{17}  https://www.scaleway.com/en/docs/iam/how-to/create-api-keys/
OpenShift token  sha256~[\w-]{43}  https://docs.redhat.com/en/documentation/openshift_container_platform/4.17/html/authentication_and_authorization/
Mapbox secret token  sk\.eyJ[\w-]{20,}\.[\w-]{16,}  https://docs.mapbox.com/help/glossary/access-token/
Intercom token  dG9rO[A-Za-z0-9+/]{50,60}={1,2}  https://developers.intercom.com/docs/build-an-integration/learn-more/authentication
WorkOS key  sk_(live|test|prod|staging)_a2V5[\w=]{20,}  https://workos.com/docs/reference/api-authentication
Ngrok key  ak_2[A-Za-z0-9]{26}_[A-Za-z0-9]{30,}  https://ngrok.com/docs/api/
Apify token  apify_api_[A-Za-z0-9]{36,}  https://docs.apify.com/platform/integrations/api
Trigger.dev key  tr_(dev|prod|stg|preview|pat)_[A-Za-z0-9]{20,}  https://trigger.dev/docs/apikeys
Inngest signing key  signkey-(prod|test|branch|staging)-[0-9a-f]{32,64}  https://www.inngest.com/docs/platform/signing-keys
Cal.com key  cal_(live|test)_[0-9a-f]{32}  https://cal.com/docs/api-reference/v1/authentication
Harness token  (pat|sat)\.[\w-]{22}\.[0-9a-f]{24}\.[A-Za-z0-9]{20}  https://developer.harness.io/docs/platform/automation/api/add-and-manage-api-keys/
Settlemint token  sm_(aat|pat|sat)_[A-Za-z0-9]{16}  https://console.settlemint.com/documentation/
MaxMind key  \w{6}_\w{29}_mmk  https://support.maxmind.com/hc/en-us/articles/4407111582235
ElevenLabs key  sk_[0-9a-f]{48}  https://elevenlabs.io/docs/api-reference/authentication
Deno token  dd[opw]_[A-Za-z0-9]{36}  https://docs.deno.com/deploy/api/
JWT  eyJ[\w-]{8,}\.[\w-]{0,}\.[\w-]{8,}  https://www.rfc-editor.org/rfc/rfc7519
`;

export interface TokenShape {
  readonly name: string;
  readonly source: string;
}

export const tokenShapes: readonly TokenShape[] = table
  .trim()
  .split('\n')
  .map((line) => line.split('  '))
  .flatMap(([name = '', source = '']) => spelledOut(source).map((one) => ({ name, source: one })));

/** The first choice of a shape taken each way, and so on until none is left. */
function spelledOut(source: string): string[] {
  const choice = /\(([^()]*)\)(\??)/.exec(source);
  if (choice === null) return [source];
  const [whole, inner = '', optional] = choice;
  const ways = [...inner.split('|'), ...(optional ? [''] : [])];
  return ways.flatMap((way) => spelledOut(source.replace(whole, () => way)));
}
