// Verifiers written by others judge what we sign: one case a line in, one verdict a line out. Nothing is fetched: a
// case brings the documents that its verifier would ask for, and JSON-LD contexts are those pinned in lib/openbadges.
//
// A case: {form, given, now, contexts, documents, nonce, audience}. A verdict: {accepted, why, claims}. A wallet talks
// with the site in between: it writes {fetch: {url, method, headers, body}} and reads {status, headers, body}.
import {createHash, randomBytes} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {createInterface} from 'node:readline';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {clientAuthenticationAnonymous, setGlobalConfig} from '@openid4vc/oauth2';
import {Openid4vciClient} from '@openid4vc/openid4vci';
import {ES256, digest} from '@sd-jwt/crypto-nodejs';
import {SDJwtVcInstance} from '@sd-jwt/sd-jwt-vc';
import * as jose from 'jose';

const PINNED = process.argv[2];
const CONTEXTS = {
  'https://www.w3.org/ns/credentials/v2': 'credentials-v2.json',
  'https://w3id.org/security/data-integrity/v2': 'security-data-integrity-v2.json',
  'https://w3id.org/security/multikey/v1': 'security-multikey-v1.json',
  'https://www.w3.org/ns/did/v1': 'did-v1.jsonld',
  'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json': 'clr-v2p0-2.0.1.json'
};
const OPEN_BADGES = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
const CONTENTS = {spec: 'ob-3.0.3-spec-2024.json', validator: 'ob-3.0.3-validator-2026.json'};
const HEADER = new Set(['alg', 'kid', 'typ']);
const suite = new DataIntegrityProof({cryptosuite});

class Refused extends Error {}

// A loader that answers with what the case brought, and a key of a DID document by its whole name.
function loader({documents = {}, contexts = 'spec'}) {
  return async url => {
    const pinned = url === OPEN_BADGES ? CONTENTS[contexts] : CONTEXTS[url];
    const given = documents[url] ?? documents[url.split('#')[0]];
    let document = pinned ? JSON.parse(readFileSync(`${PINNED}/${pinned}`, 'utf8')) : given;
    if(document === undefined) {
      throw new Error(`nothing at ${url}`);
    }
    if(!pinned && url.includes('#')) {
      const method = (document.verificationMethod ?? []).find(one => one.id === url);
      if(!method) {
        throw new Error(`no key ${url}`);
      }
      document = {'@context': 'https://w3id.org/security/multikey/v1', ...method};
    }
    return {contextUrl: null, documentUrl: url, document};
  };
}

async function dataIntegrity(asked) {
  const credential = asked.given;
  const documentLoader = loader(asked);
  await integrity(credential, asked, documentLoader);
  await bits(credential, asked, documentLoader);
  return {claims: credential.credentialSubject};
}

async function integrity(credential, {now}, documentLoader) {
  const result = await vc.verifyCredential({
    credential, suite, documentLoader, now: new Date(now), checkStatus: async () => ({verified: true})
  });
  if(!result.verified) {
    throw new Refused(reasons(result));
  }
}

// The library answers `verified` for a withdrawn credential: its bit is in `results`, and has to be looked at.
async function bits(credential, asked, documentLoader) {
  const statuses = [credential.credentialStatus ?? []].flat();
  if(!statuses.length) {
    return;
  }
  for(const {statusListCredential} of statuses) {
    await integrity((await documentLoader(statusListCredential)).document, asked, documentLoader);
  }
  const result = await checkStatus({credential, suite, documentLoader, verifyBitstringStatusListCredential: false});
  if(!result.verified) {
    throw new Refused(reasons(result));
  }
  const set = result.results.filter(one => one.status).map(one => one.credentialStatus.statusPurpose);
  if(set.length) {
    throw new Refused(`status: ${set.join(', ')}`);
  }
}

// Open Badges 3.0 §8.2: RS256 here, its key by `kid` in the issuer's DID document, claims equal to what they repeat.
async function vcJwt(asked) {
  const header = jose.decodeProtectedHeader(asked.given);
  const others = Object.keys(header).filter(name => !HEADER.has(name));
  if(others.length) {
    throw new Refused(`header: ${others}`);
  }
  const did = (header.kid ?? '').split('#')[0];
  const document = (await loader(asked)(did)).document;
  const method = document.verificationMethod.find(one => one.id === header.kid);
  if(!method || !document.assertionMethod.includes(header.kid)) {
    throw new Refused(`no key ${header.kid}`);
  }
  const key = await jose.importJWK(method.publicKeyJwk, 'RS256');
  const rules = {algorithms: ['RS256'], typ: 'JWT', issuer: did, currentDate: new Date(asked.now)};
  const {payload} = await jose.jwtVerify(asked.given, key, {...rules, requiredClaims: ['sub', 'jti', 'nbf']});
  const same = payload.issuer.id === payload.iss && payload.id === payload.jti &&
    payload.credentialSubject.id === payload.sub && Date.parse(payload.validFrom) === payload.nbf * 1000;
  if(!same) {
    throw new Refused('the claims and what they repeat differ');
  }
  await bits(payload, asked, loader(asked));
  return {claims: payload.credentialSubject};
}

// SD-JWT VC: the issuer's key by `kid` in its JWT VC Issuer Metadata, the status list, the holder's key when asked.
async function sdJwt(asked) {
  const now = Math.floor(Date.parse(asked.now) / 1000);
  const metadata = asked.documents['jwt-vc-issuer'];
  const {kid} = jose.decodeProtectedHeader(asked.given.split('~')[0]);
  const jwk = metadata.jwks.keys.find(one => one.kid === kid);
  if(!jwk) {
    throw new Refused(`no key ${kid}`);
  }
  const reader = new SDJwtVcInstance({
    hasher: digest,
    hashAlg: 'sha-256',
    verifier: await ES256.getVerifier(jwk),
    kbVerifier: async (content, signature, payload) =>
      (await ES256.getVerifier(payload.cnf.jwk))(content, signature),
    statusListFetcher: async uri => asked.documents[uri] ?? (() => { throw new Error(`nothing at ${uri}`); })()
  });
  const binding = asked.nonce ? {keyBindingNonce: asked.nonce} : {};
  const result = await reader.verify(asked.given, {currentDate: now, requiredClaimKeys: ['vct'], ...binding});
  if(result.payload.iss !== metadata.issuer) {
    throw new Refused(`issuer: ${result.payload.iss}`);
  }
  if(asked.audience && result.kb.payload.aud !== asked.audience) {  // the library leaves it to its caller
    throw new Refused(`audience: ${result.kb.payload.aud}`);
  }
  return {claims: result.payload};
}

function reasons(result) {
  const errors = [result.error, ...(result.results ?? []).map(one => one.error)].filter(Boolean);
  const all = errors.flatMap(one => [one, ...(one.errors ?? []), one.cause].filter(Boolean));
  return all.map(one => one.message).join(' | ') || 'not verified';
}

// OpenID4VCI 1.0: a whole wallet takes the credential of an offer (`given`: link and transaction code), and says so.
async function oid4vci(asked) {
  const {privateKey, publicKey} = await jose.generateKeyPair('ES256');
  const publicJwk = await jose.exportJWK(publicKey);
  const signJwt = async (_signer, {header, payload}) => ({
    jwt: await new jose.SignJWT(payload).setProtectedHeader(header).sign(privateKey), signerJwk: publicJwk
  });
  const callbacks = {
    fetch: throughTests, signJwt, generateRandom: randomBytes, clientAuthentication: clientAuthenticationAnonymous(),
    hash: (content, algorithm) => createHash(algorithm.replace('-', '')).update(content).digest()
  };
  const wallet = new Openid4vciClient({callbacks});
  const credentialOffer = await wallet.resolveCredentialOffer(asked.given.link);
  const issuerMetadata = await wallet.resolveIssuerMetadata(credentialOffer.credential_issuer);
  const txCode = asked.given.code;
  const {accessTokenResponse} =
    await wallet.retrievePreAuthorizedCodeAccessTokenFromOffer({credentialOffer, issuerMetadata, txCode});
  const [credentialConfigurationId] = credentialOffer.credential_configuration_ids;
  const nonce = asked.nonce ?? (await wallet.requestNonce({issuerMetadata})).c_nonce;
  const signer = {method: 'jwk', publicJwk, alg: 'ES256'};
  const issuedAt = new Date(asked.now);
  const told = {issuerMetadata, credentialConfigurationId};
  const {jwt} = await wallet.createCredentialRequestJwtProof({...told, nonce, signer, issuedAt});
  const accessToken = accessTokenResponse.access_token;
  const {credentialResponse} = await wallet.retrieveCredentials({...told, accessToken, proofs: {jwt: [jwt]}});
  const notification = {notificationId: credentialResponse.notification_id, event: 'credential_accepted'};
  await wallet.sendNotification({issuerMetadata, accessToken, notification});
  return {claims: {credential: credentialResponse.credentials[0].credential, key: publicJwk}};
}

async function throughTests(url, {method = 'GET', headers, body} = {}) {
  const told = Object.fromEntries(new Headers(headers));
  const sent = {url: String(url), method, headers: told, body: body && String(body)};
  process.stdout.write(JSON.stringify({fetch: sent}) + '\n');
  const answer = JSON.parse((await lines.next()).value);
  return new Response(answer.status === 204 ? null : answer.body, {status: answer.status, headers: answer.headers});
}

const FORMS = {oid4vci, 'ob3-di': dataIntegrity, 'ob3-jwt': vcJwt, 'sd-jwt': sdJwt};

setGlobalConfig({allowInsecureUrls: true});  // the site of the tests has no certificate
const lines = createInterface({input: process.stdin})[Symbol.asyncIterator]();

for(let line = await lines.next(); !line.done; line = await lines.next()) {
  const asked = JSON.parse(line.value);
  let verdict;
  try {
    verdict = {accepted: true, why: '', ...await FORMS[asked.form](asked)};
  } catch(error) {
    const more = error.errorResponse?.error ?? error.response?.credentialErrorResponseResult?.data?.error ?? '';
    verdict = {accepted: false, why: `${error.constructor.name}: ${error.message} ${more}`.slice(0, 500)};
  }
  process.stdout.write(JSON.stringify(verdict) + '\n');
}
