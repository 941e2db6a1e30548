import type { WireResponse } from '../message.ts';

/** The way back of one request. */
export interface Reply {
  /**
   * Sends the answer.
   *
   * @param done told once when the answer needs nothing more of the request.
   * @throws Error when its headers are none of HTTP's; nothing was sent then.
   */
  send(answer: WireResponse, done: () => void): void;
  /** Sends an answer after which the connection is closed; only closes it when one was begun already. */
  refuse(answer: WireResponse): void;
  /** Closes the connection without an answer. */
  abandon(): void;
}

/** Answers in JSON, because nothing is known yet of the protocol. */
export function refusal(requestId: string, status: number, code: string, message: string): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, 'x-amzn-errortype': code },
    body: JSON.stringify({ __type: code, message }),
  };
}

/** Whether an answer has a body of which the length is told. */
export function hasBody(method: string | undefined, status: number): boolean {
  return method !== 'HEAD' && status !== 204 && status !== 304;
}
