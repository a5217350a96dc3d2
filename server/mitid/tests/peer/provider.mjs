// A certified OpenID provider that speaks like a MitID broker. Signs in whom the request names in `account`; that
// name also says what goes wrong. Ends when its input ends, so it never outlives the test that started it.
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const LEVEL = 'https://data.gov.dk/concept/core/nsis/';
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

function signedClaims(account) {
  const level = LEVEL + (account === 'low' ? 'Low' : 'Substantial');
  return {
    sub: account, idp: 'mitid', identity_type: account === 'professional' ? 'professional' : 'private',
    loa: level, ial: level, aal: `${LEVEL}Substantial`, amr: ['code_app'],
    transaction_id: randomUUID(), session_expiry: '16200',
  };
}

function userinfoClaims(account) {
  const level = LEVEL + (account === 'low' ? 'Low' : 'Substantial');
  const person = account === 'no-cpr' ? {} : {
    'dk.cpr': '6101900001', 'ssn.details.status': 'success', 'ssn.details.person_status': 'Active',
  };
  return {
    sub: account, loa: level, 'mitid.has_cpr': String(account !== 'no-cpr'), 'mitid.psd2': 'false',
    'mitid.transaction_id': randomUUID(), 'mitid.identity_name': 'Åse Prøve', ...person,
  };
}

const client = (client_id, id_token_signed_response_alg) => ({
  client_id, client_secret: 'a secret: with +/&% in it', redirect_uris: ['http://127.0.0.1:9/mitid/peer'],
  grant_types: ['authorization_code'], response_types: ['code'], require_auth_time: true,
  token_endpoint_auth_method: 'client_secret_basic', id_token_signed_response_alg,
});

const configuration = {
  clients: [client('rs', 'RS256'), client('ps', 'PS256'), client('es', 'ES256')],
  jwks: { keys: [
    { ...rsa.export({ format: 'jwk' }), kid: 'rsa', use: 'sig' },
    { ...ec.export({ format: 'jwk' }), kid: 'ec', use: 'sig', alg: 'ES256' },
  ] },
  claims: {
    openid: ['sub', 'amr', 'idp', 'identity_type', 'loa', 'ial', 'aal', 'transaction_id', 'session_expiry'],
    mitid: ['mitid.has_cpr', 'mitid.psd2', 'mitid.transaction_id', 'mitid.identity_name'],
    ssn: ['dk.cpr'],
    'ssn.details_name': ['ssn.details.status', 'ssn.details.person_status'],
  },
  conformIdTokenClaims: false,
  cookies: { keys: [randomUUID()] },
  enabledJWA: { idTokenSigningAlgValues: ['RS256', 'PS256', 'ES256'] },
  extraParams: ['account', 'idp_values', 'idp_params', 'language'],
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  pkce: { required: () => true },
  ttl: { AuthorizationCode: 60, AccessToken: 300, IdToken: 300, Grant: 300, Interaction: 300, Session: 300 },
  findAccount: (_, account) => ({
    accountId: account,
    claims: async (use) => (use === 'id_token' ? signedClaims(account) : userinfoClaims(account)),
  }),
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope('openid mitid ssn ssn.details_name');
    await grant.save();
    return grant;
  },
};

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

// The provider's own answer with something wrong in it; signed again with its own key, or not at all.
function spoilt(token, account) {
  const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
  if (account === 'wrong-audience') claims.aud = 'somebody else';
  if (account === 'expired') claims.exp = claims.iat - 3600;
  if (account === 'other-token') claims.at_hash = 'AAAAAAAAAAAAAAAAAAAAAA';
  if (account === 'unsigned') return `${part({ alg: 'none' })}.${part(claims)}.`;
  const text = `${part({ alg: 'RS256', kid: account === 'other-key' ? 'gone' : 'rsa' })}.${part(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), rsa).toString('base64url')}`;
}

const SPOILT = ['signed-again', 'wrong-audience', 'expired', 'other-token', 'unsigned', 'other-key'];

async function misbehave(ctx, next) {
  await next();
  const account = ctx.oidc?.account?.accountId ?? '';
  if (ctx.oidc?.route === 'discovery') {
    delete ctx.body.scopes_supported;
    delete ctx.body.claims_supported;
  }
  if (ctx.oidc?.route === 'token' && account === 'broken-exchange') {
    ctx.status = 500;
    ctx.body = { error: 'server_error' };
  }
  if (ctx.oidc?.route === 'token' && SPOILT.includes(account)) {
    ctx.body.id_token = spoilt(ctx.body.id_token, account);
  }
  if (ctx.oidc?.route === 'userinfo' && account === 'other-subject') ctx.body = { ...ctx.body, sub: 'another' };
  if (ctx.oidc?.route === 'userinfo' && account === 'endless') ctx.body = { sub: account, much: 'x'.repeat(300_000) };
}

async function interact(provider, request, response) {
  const { params: { account } } = await provider.interactionDetails(request, response);
  const now = Math.floor(Date.now() / 1000);
  const outcome = account === 'aborted'
    ? { error: 'access_denied', error_description: 'mitid_user_aborted' }
    : { login: { accountId: account, ts: account === 'stale' ? now - 3600 : now } };
  await provider.interactionFinished(request, response, outcome);
}

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, configuration);
  provider.use(misbehave);
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url.startsWith('/interaction/')) return answer(request, response);
    interact(provider, request, response).catch((error) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });
  console.log(`ready ${issuer}`);
});
process.stdin.resume().on('end', () => process.exit(0));
