export type EmbeddedPostgresCode =
  | 'no_binaries'
  | 'unusable_binaries'
  | 'no_service_user'
  | 'unsafe_folder'
  | 'other_version'
  | 'init_failed'
  | 'start_failed'

/** The embedded database cannot run here. `message` says in Chinese and English what to do about it. */
export class EmbeddedPostgresError extends Error {
  readonly code: EmbeddedPostgresCode
  constructor(code: EmbeddedPostgresCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'EmbeddedPostgresError'
    this.code = code
  }
}
