// Medplum's FHIR router over its repository in memory, behind a plain server of Node: stores observations and reads patients.
// bench/web.py starts it: node server.mjs PORT PATIENTS. It keeps nothing on a disk, checks no sign-in and validates nothing.

import { createServer } from 'node:http';
import { FhirRouter, MemoryRepository } from '@medplum/fhir-router';

const [port, patients] = process.argv.slice(2).map(Number);
const router = new FhirRouter();
const repository = new MemoryRepository();

for (let number = 0; number < patients; number++) {
  await repository.updateResource({
    resourceType: 'Patient',
    id: `p${number}`,
    identifier: [{ system: 'urn:example:number', value: `B-${String(number).padStart(6, '0')}` }],
    name: [{ text: `Bench Patient ${number} (synthetic)` }],
    gender: 'female',
    birthDate: '1994-03-02',
  });
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return chunks.length ? JSON.parse(Buffer.concat(chunks).toString('utf8')) : undefined;
}

createServer(async (request, response) => {
  let status = 500;
  let answer = '';
  try {
    const body = await bodyOf(request);
    const asked = { method: request.method, url: request.url, pathname: '', body, params: {}, query: {} };
    const [outcome, resource] = await router.handleRequest(asked, repository);
    status = outcome.id === 'created' ? 201 : outcome.id === 'ok' ? 200 : 400;
    answer = JSON.stringify(resource ?? outcome);
  } catch (error) {
    answer = JSON.stringify({ error: String(error) });
  }
  response.writeHead(status, { 'content-type': 'application/fhir+json', 'content-length': Buffer.byteLength(answer) });
  response.end(answer);
}).listen(port, '127.0.0.1');
