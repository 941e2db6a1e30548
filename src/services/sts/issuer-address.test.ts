import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fetchJson } from './fetch-json.ts';
import { isNetwork, providerAddresses } from './issuer-address.ts';

test('an issuer is never where clouds give out credentials, nor a network that is only this machine', () => {
  const { issuer } = providerAddresses([]);
  for (const bad of [
    '169.254.169.254',
    '::ffff:169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    'fe80::1',
    'fd00:ec2::254',
    '168.63.129.16',
    '100.100.100.200',
    '0.0.0.0',
    '::',
    '224.0.0.1',
  ]) {
    assert.equal(issuer(bad), false, bad);
  }
  for (const good of ['192.0.2.7', '2001:db8::7', '10.1.2.3', '127.0.0.1', '::1']) {
    assert.equal(issuer(good), true, good);
  }
});

test('a document from outside points to nothing inside; one from inside may', () => {
  const outside = providerAddresses([]);
  assert.ok(outside.issuer('192.0.2.7'));
  for (const inside of [
    '10.1.2.3',
    '127.0.0.1',
    '::ffff:127.0.0.1',
    '192.168.0.1',
    'fd12::1',
    '100.64.0.1',
  ]) {
    assert.equal(outside.pointedTo(inside), false, inside);
  }
  assert.ok(outside.pointedTo('192.0.2.8'));
  const inside = providerAddresses([]);
  assert.ok(inside.issuer('10.1.2.3'));
  assert.deepEqual(['10.9.9.9', '169.254.1.1'].map(inside.pointedTo), [true, false]);
});

test('what the operator allows is taken whatever it is', () => {
  const { issuer, pointedTo } = providerAddresses(['169.254.7.0/24', '10.0.0.0/8']);
  assert.deepEqual(['169.254.7.9', '169.254.8.9'].map(issuer), [true, false]);
  assert.deepEqual(['10.9.9.9', '192.168.0.1'].map(pointedTo), [true, false]);
  assert.deepEqual(['10.0.0.0/8', 'fd00::/8', '10.0.0.0', '10.0.0.0/33', 'x/8', '::1/129'].map(isNetwork), [
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});

test('no connection is made to an address that is refused, by number or by name', async () => {
  const asked: string[] = [];
  const nowhere = (address: string) => {
    asked.push(address);
    return false;
  };
  for (const url of ['https://127.0.0.1:9/keys', 'https://[::1]:9/keys', 'https://localhost:9/keys']) {
    await assert.rejects(fetchJson(url, [], nowhere), /is no address of an identity provider/);
  }
  await assert.rejects(
    fetchJson('http://localhost/keys', [], () => true),
    /is not https/,
  );
  assert.ok(asked.length >= 3);
});
