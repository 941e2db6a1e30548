/** A body, query or header that is not what the operation's schema says. The message is for the client. */
export class SerializationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SerializationError';
  }
}
