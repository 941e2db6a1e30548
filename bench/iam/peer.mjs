// Runs @cloud-copilot/iam-simulate from the folder that is given, on the inputs that lie there.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const folder = process.argv[2];
const require = createRequire(join(folder, 'package.json'));
const { runSimulation } = require('@cloud-copilot/iam-simulate');
const inputs = JSON.parse(readFileSync(join(folder, 'inputs.json'), 'utf8'));
const named = (policy, name) => ({ name, policy });

const simulation = (request) => ({
  request: {
    principal: inputs.user,
    action: request.action,
    resource: { resource: request.resource, accountId: inputs.account },
    contextVariables: request.context,
  },
  identityPolicies: inputs.identity.map((policy, index) => named(policy, `identity-${index}`)),
  serviceControlPolicies: [{ orgIdentifier: 'root', policies: [named(inputs.scp, 'scp')] }],
  resourceControlPolicies: [],
  permissionBoundaryPolicies: [named(inputs.boundary, 'boundary')],
  resourcePolicy: inputs.resource,
});

const decide = async (request) => {
  const { resultType, overallResult, analysis, errors } = await runSimulation(simulation(request), {});
  if (errors) throw new Error(JSON.stringify(errors).slice(0, 400));
  return overallResult ?? analysis?.result ?? resultType;
};

const answers = [];
for (const request of inputs.requests) answers.push(await decide(request));
const before = performance.now();
for (const request of inputs.requests) await decide(request);
const rate = (inputs.requests.length / (performance.now() - before)) * 1000;
console.log(JSON.stringify({ rate, answers }));
