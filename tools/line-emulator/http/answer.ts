/** What a route gives back; the server turns it into bytes. */
export interface Answer {
  status: number;
  json?: unknown;
  bytes?: Buffer;
  html?: string;
  headers?: Record<string, string>;
}

/** One entry of `details` in an error of the Messaging API. */
export interface ErrorDetail {
  message: string;
  property?: string;
}

export const ok = (json: unknown = {}): Answer => ({ status: 200, json });

/** An error as the Messaging API words it. */
export function refuse(status: number, message: string, details?: ErrorDetail[]): Answer {
  return { status, json: details && details.length > 0 ? { message, details } : { message } };
}

/** 400 with the list of what is wrong. */
export function invalidBody(details: ErrorDetail[]): Answer {
  const plural = details.length === 1 ? 'error' : 'errors';
  return refuse(400, `The request body has ${details.length} ${plural}`, details);
}

export const notFound = (): Answer => refuse(404, 'Not found');

/** An error as the OAuth endpoints (tokens, LINE Login) word it. */
export function oauthError(error: string, description: string, status = 400): Answer {
  return { status, json: { error, error_description: description } };
}

export function redirect(location: string, headers: Record<string, string> = {}): Answer {
  return { status: 302, html: '', headers: { location, ...headers } };
}
