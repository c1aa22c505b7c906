/// Every setting, once: the command line, the environment, the file, the help and the settings page
/// come from this table.
enum SettingTable {
  static let all: [Setting] = place + storage + engine + connections + timeouts + operation

  static func named(_ name: String) -> Setting? { all.first { $0.name == name } }

  private static let place = [
    Setting(
      "data", .place, .path,
      "the data folder; everything that must survive a restart lies in it. Made at the first start"),
    Setting(
      "host", .place, .text, default: "127.0.0.1",
      "name or address to listen on; `*` is every address of the machine, empty is none"),
    Setting("port", .place, .integer(0...65_535), default: "5433", "TCP port; 0 lets the system choose one"),
    Setting(
      "socket-dir", .place, .path,
      "folder for a Unix socket `.s.PGSQL.PORT`, which local clients may use without TLS; empty is none"),
    Setting(
      "tls", .place, .choice(["off", "prefer", "require"]), default: "prefer",
      "whether clients may (prefer) or must (require) encrypt TCP connections"),
    Setting(
      "tls-certificate", .place, .path,
      "PEM file with the certificate chain; without it one is made in DIR/tls at the first start"),
    Setting("tls-key", .place, .path, "PEM file with the certificate's private key"),
  ]

  private static let storage = [
    Setting(
      "catalog", .storage, .text, default: "sqlite",
      "database of the lake's catalog: `sqlite` is DIR/catalog.sqlite, `postgres:host=… dbname=…` a PostgreSQL "
        + "(its password by the environment or a libpq password file, not on the command line)"),
    Setting(
      "catalog-schema", .storage, .text, default: "public", "schema of the catalog's tables in PostgreSQL"),
    Setting(
      "catalog-upgrade", .storage, .boolean, default: "off",
      "brings a catalog that an older DuckLake wrote to the present format"),
    Setting(
      "files", .storage, .text,
      "where the Parquet files lie: a folder or `s3://bucket/prefix`; empty is DIR/files"),
    Setting("s3-endpoint", .storage, .text, "`host:port` of an S3 server; empty is Amazon's own"),
    Setting("s3-region", .storage, .text, default: "us-east-1", "region of the bucket"),
    Setting("s3-key-id", .storage, .text, "access key id"),
    Setting("s3-secret", .storage, .text, secret: true, "secret access key"),
    Setting("s3-session-token", .storage, .text, secret: true, "session token of temporary credentials"),
    Setting(
      "s3-url-style", .storage, .choice(["path", "vhost"]), default: "path",
      "whether the bucket's name is in the path or in the host name"),
    Setting("s3-use-tls", .storage, .boolean, default: "on", "whether the S3 server is reached by HTTPS"),
    Setting("extensions", .storage, .path, "folder of the DuckDB extensions; empty looks beside the program"),
  ]

  private static let engine = [
    Setting(
      "memory-limit", .engine, .bytes((64 << 20)...(1 << 50)),
      "memory of all warehouses together, of which `bi` gets three fifths and `science` two; empty is 80 % of "
        + "the machine's"),
    Setting("threads", .engine, .integer(1...1024), "threads of each warehouse; empty is one for each core"),
    Setting(
      "spill-dir", .engine, .path,
      "folder for what does not fit into memory, a folder in it for each warehouse; empty is DIR/spill"),
    Setting(
      "spill-limit", .engine, .bytes(0...(1 << 50)),
      "most bytes of spilled data; empty is 90 % of the free disk"),
    Setting("time-zone", .engine, .text, default: "UTC", "time zone of new sessions"),
  ]

  private static let connections = [
    Setting(
      "max-connections", .connections, .integer(1...100_000), default: "200", "most sessions at a time"),
    Setting(
      "superuser-reserved-connections", .connections, .integer(0...1000), default: "3",
      "how many of them only superusers get"),
    Setting(
      "max-message-size", .connections, .bytes(65_536...(1 << 30)), default: "64MB",
      "most bytes of one message of a client that is logged in"),
    Setting(
      "max-statement-size", .connections, .bytes(1024...(1 << 30)), default: "16MB",
      "most bytes of a statement's text"),
    Setting(
      "max-named-objects", .connections, .integer(10...1_000_000), default: "10000",
      "most prepared statements, portals and cursors of one session, each"),
    Setting(
      "login-free-failures", .connections, .integer(1...1000), default: "5",
      "failed log-ins of a user from one address before further ones are slowed down"),
    Setting(
      "login-longest-delay", .connections, .duration(0...60_000), default: "5s",
      "longest delay of an attempt to log in after many failures"),
  ]

  private static let timeouts = [
    Setting(
      "authentication-timeout", .timeouts, .duration(1000...600_000), default: "60s", "most time to log in"),
    Setting(
      "write-timeout", .timeouts, .duration(1000...86_400_000), default: "5min",
      "how long a client may take nothing of a result before it is given up"),
    Setting(
      "statement-timeout", .timeouts, .duration(0...2_147_483_647), default: "0",
      "most time of a statement, 0 is unlimited; sessions may change it"),
    Setting(
      "idle-in-transaction-session-timeout", .timeouts, .duration(0...2_147_483_647), default: "0",
      "most time that a session may be idle in a transaction, 0 is unlimited; sessions may change it"),
    Setting(
      "idle-session-timeout", .timeouts, .duration(0...2_147_483_647), default: "0",
      "most time that a session may be idle, 0 is unlimited; sessions may change it"),
    Setting(
      "shutdown-grace", .timeouts, .duration(0...3_600_000), default: "30s",
      "how long running statements may go on after SIGTERM before they are interrupted"),
  ]

  private static let operation = [
    Setting(
      "snapshot-retention", .operation, .duration(1000...315_360_000_000), default: "7d",
      "how long old snapshots can be queried; their files are deleted afterwards"),
    Setting(
      "maintenance-interval", .operation, .duration(0...86_400_000), default: "10min",
      "how often small files are merged and old snapshots expire; 0 is never"),
    Setting(
      "log-level", .operation, .choice(["debug", "info", "warning", "error"]), default: "info",
      "the least important messages that are logged"),
    Setting(
      "log-format", .operation, .choice(["text", "json"]), default: "text", "lines for people or JSON lines"),
  ]
}
