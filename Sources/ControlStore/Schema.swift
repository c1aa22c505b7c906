/// The tables of the control store, as the steps that made them. A step never changes once it was
/// released; what changes gets a new one.
enum Schema {
  static let migrations = [
    """
    CREATE TABLE users (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL UNIQUE,
      verifier TEXT NOT NULL,
      superuser INTEGER NOT NULL DEFAULT 0,
      created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
    );
    CREATE TABLE user_settings (
      user_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
      name TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (user_id, name)
    ) WITHOUT ROWID;
    CREATE TABLE constraints (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      table_id INTEGER NOT NULL,
      name TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('p', 'u', 'f', 'c')),
      columns TEXT NOT NULL,
      referenced_table_id INTEGER,
      referenced_columns TEXT NOT NULL DEFAULT '',
      on_update TEXT NOT NULL DEFAULT 'a',
      on_delete TEXT NOT NULL DEFAULT 'a',
      definition TEXT NOT NULL,
      UNIQUE (table_id, name)
    );
    CREATE INDEX constraints_referenced ON constraints (referenced_table_id);
    CREATE TABLE indexes (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      table_id INTEGER NOT NULL,
      name TEXT NOT NULL,
      is_unique INTEGER NOT NULL DEFAULT 0,
      columns TEXT NOT NULL,
      definition TEXT NOT NULL,
      UNIQUE (table_id, name)
    );
    CREATE TABLE schema_comments (schema_id INTEGER PRIMARY KEY, comment TEXT NOT NULL);
    CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
    INSERT INTO secrets VALUES ('server', randomblob(32));
    CREATE TABLE change_counter (value INTEGER NOT NULL);
    INSERT INTO change_counter VALUES (1);
    """,
    """
    CREATE TABLE declared_types (
      table_id INTEGER NOT NULL,
      column_id INTEGER NOT NULL,
      type_oid INTEGER NOT NULL,
      type_modifier INTEGER NOT NULL,
      PRIMARY KEY (table_id, column_id)
    ) WITHOUT ROWID;
    """,
  ]

  /// Brings an empty or older file to the newest schema; refuses a newer one.
  static func migrate(_ connection: SQLiteConnection, path: String) throws(ControlStoreError) {
    try connection.transaction { () throws(ControlStoreError) in
      try connection.execute(
        """
        CREATE TABLE IF NOT EXISTS schema_version (
          version INTEGER PRIMARY KEY,
          applied_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
        )
        """)
      let current = Int(
        try connection.query("SELECT coalesce(max(version), 0) FROM schema_version")[0][0].integer)
      guard current <= migrations.count else {
        throw ControlStoreError(
          .newerSchema,
          "\(path) was written by a newer version of Martinet (its schema is \(current), this program knows "
            + "\(migrations.count)): use that version")
      }
      for (index, migration) in migrations.enumerated().dropFirst(current) {
        try connection.execute(migration)
        try connection.query("INSERT INTO schema_version (version) VALUES (?)", [.integer(Int64(index + 1))])
      }
    }
  }
}
