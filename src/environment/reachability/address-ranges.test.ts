import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  type AddressRange,
  admitsInternet,
  covers,
  intersect,
  parseCidr,
  subtract,
} from './address-ranges.ts';

function range(text: string): AddressRange {
  const parsed = parseCidr(text);
  assert.ok(parsed, text);
  return parsed;
}

describe('CIDR blocks', () => {
  test('IPv4 and IPv6 notation is read, host bits are ignored', () => {
    assert.deepEqual(parseCidr('10.1.2.3/8'), { version: 4, start: 10n << 24n, end: (11n << 24n) - 1n });
    assert.equal(parseCidr('::/0')?.end, (1n << 128n) - 1n);
    assert.equal(parseCidr('2001:db8::1/128')?.start, parseCidr('2001:db8:0:0:0:0:0:1/128')?.start);
  });

  for (const text of [
    '',
    '10.0.0.0',
    '10.0.0/8',
    '10.0.0.0/33',
    '256.0.0.0/8',
    ':::/0',
    '1::2::3/64',
    '10.0.0.0/-1',
    'x/8',
    '1:2:3:4:5:6:7:8:9/64',
    '10.0.0.0/0x8',
  ]) {
    test(`"${text}" is none`, () => assert.equal(parseCidr(text), undefined));
  }

  test('whatever is read covers itself and has the size of its prefix', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.integer({ min: 0, max: 32 }), (address, prefix) => {
        const text = [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
        const parsed = range(`${text}/${prefix}`);
        assert.ok(covers(parsed, parsed));
        assert.equal(parsed.end - parsed.start + 1n, 1n << BigInt(32 - prefix));
      }),
      { numRuns: 200 },
    );
  });

  test('what is subtracted and what is shared make up the whole', () => {
    const cidr = fc
      .tuple(fc.nat(255), fc.integer({ min: 0, max: 32 }))
      .map(([first, prefix]) => range(`${first}.0.0.0/${prefix}`));
    const size = (ranges: readonly AddressRange[]) =>
      ranges.reduce((sum, each) => sum + each.end - each.start + 1n, 0n);
    fc.assert(
      fc.property(cidr, cidr, (a, b) => {
        assert.equal(size(subtract([a], b)) + size(intersect([a], b)), size([a]));
      }),
      { numRuns: 200 },
    );
  });
});

describe('who is a stranger', () => {
  for (const text of ['0.0.0.0/0', '::/0', '2000::/3', '0.0.0.0/1', '8.0.0.0/7']) {
    test(`${text} admits the internet`, () => assert.ok(admitsInternet([range(text)])));
  }
  for (const text of [
    '10.0.0.0/8',
    '172.16.0.0/12',
    '192.168.0.0/16',
    '100.64.0.0/10',
    'fd00::/8',
    '198.51.100.7/32',
    '203.0.113.0/24',
    '2001:db8::/32',
  ]) {
    test(`${text} does not`, () => assert.ok(!admitsInternet([range(text)])));
  }
  test('two halves are the whole', () => {
    assert.ok(admitsInternet([range('1.0.0.0/9'), range('1.128.0.0/9')]));
  });
});
