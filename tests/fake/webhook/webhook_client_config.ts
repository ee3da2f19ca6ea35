/** Where a webhook is, as an object of the API says it. */
export interface WebhookClientConfig {
  /** Its URL. */
  readonly url?: string;
  /** Its Service, instead of a URL. */
  readonly service?: {
    /** Namespace of the Service. */
    readonly namespace: string;
    /** Name of the Service. */
    readonly name: string;
    /** Path of the URL. */
    readonly path?: string;
    /** Port of the Service. */
    readonly port?: number;
  };
  /** Certificates that vouch for it: PEM in base64. */
  readonly caBundle?: string;
}
