// An OpenID provider that tenfoot's authors didn't write (npm's oidc-provider), and
// an API that trusts it. Both listen on loopback; they end when stdin is closed.
//
//   node server.mjs --modules DIR [--device-code-ttl S] [--access-token-ttl S]
//
// Once both listen, one line of JSON on stdout says where they are.

import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: {
    modules: { type: 'string' },
    'device-code-ttl': { type: 'string', default: '600' },
    'access-token-ttl': { type: 'string', default: '3600' },
  },
});

// The provider's advice to those who would run it for real; stdout is for the line of JSON.
console.info = () => {};
console.warn = () => {};

const installed = createRequire(join(options.modules, 'package.json'));
const load = (name) => import(pathToFileURL(installed.resolve(name)));
const { Provider } = await load('oidc-provider');
const { EmbeddedJWK, calculateJwkThumbprint, createRemoteJWKSet, exportJWK, generateKeyPair, jwtVerify } = await load('jose');

const RESOURCE = 'https://api.tenfoot.test/';
const CLIENT = 'tenfoot-tv';
const ITEMS = ['Amber', 'Basalt', 'Copper', 'Diorite', 'Emerald'];
const PAGE = 3;

async function listen() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, origin: `http://127.0.0.1:${server.address().port}` };
}

async function signingKey(alg) {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { ...(await exportJWK(privateKey)), alg, use: 'sig', kid: alg };
}

/** What the provider's own pages let anybody log in as. */
function account(_ctx, sub) {
  return {
    accountId: sub,
    claims: () => ({
      sub,
      name: `${sub[0].toUpperCase()}${sub.slice(1)} Example`,
      email: `${sub}@example.test`,
      email_verified: true,
      picture: `https://pictures.example.test/${sub}.png`,
    }),
  };
}

async function providerAt(issuer) {
  const provider = new Provider(issuer, {
    clients: [{
      client_id: CLIENT,
      client_name: 'tenfoot',
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
      redirect_uris: [],
      response_types: [],
    }],
    claims: { email: ['email', 'email_verified'], profile: ['name', 'picture'] },
    cookies: { keys: ['only for tests'] },
    features: {
      devInteractions: { enabled: true },
      deviceFlow: { enabled: true },
      // Whoever proves a key must prove it freshly, by the provider's nonce.
      dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => true },
      introspection: { enabled: true },
      revocation: { enabled: true },
      userinfo: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => ({
          scope: 'read:items',
          audience: RESOURCE,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    findAccount: account,
    jwks: { keys: [await signingKey('RS256')] },
    ttl: {
      AccessToken: Number(options['access-token-ttl']),
      DeviceCode: Number(options['device-code-ttl']),
      Grant: 3600,
      IdToken: 3600,
      Interaction: 600,
      RefreshToken: 3600,
      Session: 3600,
    },
  });
  provider.on('server_error', (_ctx, error) => console.error(error));
  return provider;
}

/**
 * A proof (RFC 9449 §4.3) that whoever sends this token has the key that it is bound to,
 * with the API's own nonce.
 */
async function proven(request, token, claims, nonce, origin) {
  const { payload, protectedHeader } = await jwtVerify(request.headers.dpop ?? '', EmbeddedJWK, {
    typ: 'dpop+jwt',
    algorithms: ['ES256'],
    maxTokenAge: '60 s',
  });
  const url = new URL(request.url, origin);
  const right = payload.htm === request.method
    && payload.htu === `${url.origin}${url.pathname}`
    && payload.ath === createHash('sha256').update(token).digest('base64url')
    && await calculateJwkThumbprint(protectedHeader.jwk) === claims.cnf.jkt;
  if (!right) throw new Error('another request, token or key');
  return payload.nonce === nonce;
}

/** The API: `/items` for whoever holds a token of `issuer` with the right scope. */
function api(issuer, origin) {
  const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
  const nonce = randomBytes(16).toString('base64url');

  const refuse = (response, status, error, scheme = 'Bearer', more = '') => response
    .writeHead(status, { 'WWW-Authenticate': `${scheme} error="${error}"${more}` })
    .end(JSON.stringify({ error }));

  return async (request, response) => {
    const url = new URL(request.url, origin);
    response.setHeader('Content-Type', 'application/json');
    if (url.pathname !== '/items') {
      response.writeHead(404).end('{}');
      return;
    }
    const [, scheme, token] = /^(Bearer|DPoP) (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
    let claims;
    try {
      // jose checks the signature, `exp` (with no leeway), `iss` and `aud`.
      ({ payload: claims } = await jwtVerify(token ?? '', keys, { issuer, audience: RESOURCE, typ: 'at+jwt' }));
      if ((scheme === 'DPoP') !== (claims.cnf !== undefined)) throw new Error('the wrong scheme');
      if (scheme === 'DPoP' && !await proven(request, token, claims, nonce, origin)) {
        response.setHeader('DPoP-Nonce', nonce);
        refuse(response, 401, 'use_dpop_nonce', 'DPoP');
        return;
      }
    } catch {
      refuse(response, 401, 'invalid_token', scheme);
      return;
    }
    if (!(claims.scope ?? '').split(' ').includes('read:items')) {
      refuse(response, 403, 'insufficient_scope', scheme, ', scope="read:items"');
      return;
    }
    const page = Math.max(1, Number(url.searchParams.get('page') ?? 1));
    const data = ITEMS.slice((page - 1) * PAGE, page * PAGE)
      .map((name) => ({ name, subtitle: `Held for ${claims.sub}` }));
    if (page * PAGE < ITEMS.length) {
      response.setHeader('Link', `<${origin}/items?page=${page + 1}>; rel="next"`);
    }
    response.writeHead(200).end(JSON.stringify({ page, data }));
  };
}

const provider = await listen();
const issuer = provider.origin;
provider.server.on('request', (await providerAt(issuer)).callback());
const resourceServer = await listen();
resourceServer.server.on('request', api(issuer, resourceServer.origin));

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
process.stdin.on('error', () => process.exit(0));

console.log(JSON.stringify({
  issuer,
  port: provider.server.address().port,
  api: resourceServer.origin,
  client_id: CLIENT,
  resource: RESOURCE,
  scope: 'openid profile email offline_access read:items',
}));
