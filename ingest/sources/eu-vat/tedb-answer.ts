import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { childText, xmlElements, type XmlElement } from '../../../transforms/read/xml.ts';

/** One vatRateResults of TEDB's RetrieveVatRates answer. */
export interface TedbResult {
  /** TEDB's own code: Greece is EL. */
  memberState: string;
  type: string;
  rateType: string;
  /** Per cent as printed; null when absent. */
  value: string | null;
  /** YYYY-MM-DD, without the zone offset that the service appends. */
  situationOn: string;
  codes: { value: string; description: string }[];
  category: string | null;
  comment: string | null;
}

/** The answer as JSON (field names of the service kept), as an archive of answers holds it. */
const jsonAnswer = z.object({
  vatRateResults: z.array(
    z.object({
      memberState: z.string(),
      type: z.string(),
      rate: z.object({ type: z.string(), value: z.number().nullable() }),
      situationOn: z.string(),
      cnCodes: z
        .object({ code: z.array(z.object({ value: z.string(), description: z.string().nullable() })) })
        .nullish(),
      category: z.object({ identifier: z.string() }).nullish(),
      comment: z.string().nullish(),
    }),
  ),
});

/** Reads the SOAP answer or the same answer as JSON. Throws on a SOAP fault and on any other shape. */
export async function* tedbResults(bytes: Buffer): AsyncGenerator<TedbResult> {
  if (bytes.subarray(0, 100).toString('utf8').trimStart().startsWith('{')) yield* fromJson(bytes);
  else yield* fromSoap(bytes);
}

function* fromJson(bytes: Buffer): Generator<TedbResult> {
  for (const result of jsonAnswer.parse(JSON.parse(bytes.toString('utf8'))).vatRateResults) {
    yield {
      memberState: result.memberState,
      type: result.type,
      rateType: result.rate.type,
      value: result.rate.value === null ? null : new Decimal(result.rate.value).toFixed(),
      situationOn: result.situationOn.slice(0, 10),
      codes: (result.cnCodes?.code ?? []).map(({ value, description }) => ({
        value,
        description: plain(description ?? ''),
      })),
      category: result.category?.identifier ?? null,
      comment: plain(result.comment ?? '') || null,
    };
  }
}

async function* fromSoap(bytes: Buffer): AsyncGenerator<TedbResult> {
  for await (const fault of xmlElements([bytes], 'Fault')) {
    throw new Error(`TEDB answers with a fault: ${childText(fault, 'faultstring') ?? 'no reason given'}`);
  }
  for await (const result of xmlElements([bytes], 'vatRateResults')) {
    const rate = child(result, 'rate');
    yield {
      memberState: childText(result, 'memberState') ?? '',
      type: childText(result, 'type') ?? '',
      rateType: (rate && childText(rate, 'type')) ?? '',
      value: (rate && childText(rate, 'value')) ?? null,
      situationOn: (childText(result, 'situationOn') ?? '').slice(0, 10),
      codes: (child(result, 'cnCodes')?.children ?? []).map((code) => ({
        value: childText(code, 'value') ?? '',
        description: plain(childText(code, 'description') ?? ''),
      })),
      category: childText(child(result, 'category') ?? result, 'identifier'),
      comment: plain(childText(result, 'comment') ?? '') || null,
    };
  }
}

const child = (element: XmlElement, name: string): XmlElement | undefined =>
  element.children.find((candidate) => candidate.name === name);

/** Comments carry HTML of the Commission's editor, links with hundreds of repeated attributes included. */
function plain(text: string): string {
  return text
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The request body for the situation of 27 states between two dates (inclusive). */
export function tedbRequest(states: readonly string[], from: string, to: string): string {
  const types = 'urn:ec.europa.eu:taxud:tedb:services:v1:IVatRetrievalService:types';
  return [
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"',
    ` xmlns:urn="urn:ec.europa.eu:taxud:tedb:services:v1:IVatRetrievalService" xmlns:urn1="${types}">`,
    '<soapenv:Header/><soapenv:Body><urn:retrieveVatRatesReqMsg><urn1:memberStates>',
    ...states.map((state) => `<urn1:isoCode>${state}</urn1:isoCode>`),
    `</urn1:memberStates><urn1:from>${from}</urn1:from><urn1:to>${to}</urn1:to>`,
    '</urn:retrieveVatRatesReqMsg></soapenv:Body></soapenv:Envelope>',
  ].join('');
}
