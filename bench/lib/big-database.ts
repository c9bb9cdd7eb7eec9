/** Postgres for a million customers on this machine: a measurement may lose its data. */
export const BIG_DATABASE = {
  synchronous_commit: 'off',
  max_wal_size: '4GB',
  shared_buffers: '2GB',
  checkpoint_timeout: '30min',
}
