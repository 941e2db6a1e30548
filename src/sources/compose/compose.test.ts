import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { get, itemsOf, numberFrom, stringFrom } from '../../model/value.ts';
import { parseYaml } from '../documents/yaml.ts';
import { imageName } from '../self-hosted.ts';
import { composeServices, isCompose } from './read.ts';

function services(text: string) {
  const file = { path: 'compose.yaml', text };
  return composeServices(file, parseYaml(file).root, 'shop');
}

function ports(written: string): readonly unknown[] {
  const [service] = services(`services:\n  a:\n    ports: ${written}\n`);
  return itemsOf(get(service?.properties ?? { kind: 'list', items: [], span: SPAN }, 'Ports')).map((each) => [
    stringFrom(get(each, 'Address')),
    numberFrom(get(each, 'Published')),
    numberFrom(get(each, 'Target')),
  ]);
}

const SPAN = { file: { path: '', text: '' }, start: 0, end: 0 };

describe('Compose files', () => {
  test('ports in every form', () => {
    assert.deepEqual(ports("['80:8080', '127.0.0.1:5432:5432', '3000', '[::1]:1:2', '6060:6060/udp']"), [
      ['0.0.0.0', 80, 8080],
      ['127.0.0.1', 5432, 5432],
      ['0.0.0.0', undefined, 3000],
      ['::1', 1, 2],
      ['0.0.0.0', 6060, 6060],
    ]);
    assert.deepEqual(ports("['9000-9001:80-81']"), [
      ['0.0.0.0', 9000, 80],
      ['0.0.0.0', 9001, 81],
    ]);
    assert.deepEqual(ports('[{ target: 80, published: "8080", host_ip: 127.0.0.1 }, { target: 81 }]'), [
      ['127.0.0.1', 8080, 80],
      ['0.0.0.0', undefined, 81],
    ]);
    assert.deepEqual(ports("['${PORT:-8080}:80']"), [['0.0.0.0', 8080, 80]]);
    assert.deepEqual(ports("['${PORT}:80']"), [[undefined, undefined, undefined]]);
  });

  test('environment: maps and lists, defaults that are written, variables that are not', () => {
    const [service] = services(`services:
  a:
    environment:
      - PLAIN=x$$y
      - FROM_SHELL
      - OPEN=\${SECRET}
      - USUAL=\${SECRET:-changeme}
`);
    const variables = get(service?.properties ?? { kind: 'absent', span: SPAN }, 'Environment');
    const shown = ['PLAIN', 'FROM_SHELL', 'OPEN', 'USUAL'].map((name) => {
      const value = get(variables, name);
      return value.kind === 'known' ? value.value : value.kind === 'unknown' ? value.why : value.kind;
    });
    assert.deepEqual(shown, ['x$y', 'parameter', 'parameter', 'changeme']);
  });

  test('databases are told from their images', () => {
    const types = services(
      'services: { a: { image: "docker.io/library/postgres:17@sha256:00" }, b: { image: shop/app }, c: { image: "localhost:5000/bitnami/mariadb" } }',
    ).map(({ type }) => type);
    assert.deepEqual(types, ['Compose::Database', 'Compose::Service', 'Compose::Database']);
    assert.equal(imageName('ghcr.io/owasp/modsecurity-crs:nginx'), 'modsecurity-crs');
  });

  test('a template of CloudFormation or any other YAML is no Compose file', () => {
    const is = (text: string) => isCompose(parseYaml({ path: 'x.yaml', text }).root);
    assert.equal(is('services: { a: { image: b } }'), true);
    assert.equal(is('services: [a]'), false);
    assert.equal(is('services: { a: b }'), false);
    assert.equal(is('Resources: {}\nservices: { a: {} }'), false);
  });
});
