import Lake

extension Settings {
  /// Where the lake is and how its engine runs.
  func lakeConfiguration(_ folder: DataFolder) throws(CommandError) -> LakeConfiguration {
    var configuration = LakeConfiguration(folder: folder.path)
    configuration.catalog = try catalog(folder)
    if let files = text("files") {
      configuration.files = files.hasPrefix("s3://") ? .s3(try objectStore(files)) : .folder(files)
    }
    configuration.extensionFolder = text("extensions")
    configuration.memoryLimitBytes = number("memory-limit")
    configuration.threads = number("threads")
    configuration.spillFolder = text("spill-dir") ?? folder.file("spill")
    configuration.spillLimitBytes = number("spill-limit")
    configuration.timeZone = text("time-zone") ?? "UTC"
    configuration.retentionSeconds = (number("snapshot-retention") ?? 604_800_000) / 1000
    configuration.migrates = flag("catalog-upgrade")
    return configuration
  }

  private func catalog(_ folder: DataFolder) throws(CommandError) -> LakeConfiguration.Catalog {
    let written = text("catalog") ?? "sqlite"
    if written == "sqlite" { return .sqlite(path: folder.file("catalog.sqlite")) }
    let connection: String
    if written.hasPrefix("postgres://") || written.hasPrefix("postgresql://") {
      connection = written
    } else if written.hasPrefix("postgres:") {
      connection = String(written.dropFirst("postgres:".count))
    } else {
      throw CommandError.usage("the catalog must be sqlite or postgres:CONNECTION, not \"\(written)\"")
    }
    if source("catalog") == .commandLine, Self.holdsPassword(connection) {
      throw CommandError.usage(
        "--catalog holds a password and every user of the machine can see a command line",
        "Set MARTINET_CATALOG, write it into martinet.conf, or use PGPASSWORD or a libpq password file.")
    }
    return .postgres(connection: connection, schema: text("catalog-schema") ?? "public")
  }

  /// Whether a libpq connection string or URI names a password.
  static func holdsPassword(_ connection: String) -> Bool {
    if connection.lowercased().split(whereSeparator: { $0 == " " || $0 == "?" || $0 == "&" }).contains(
      where: {
        $0.hasPrefix("password")
      })
    {
      return true
    }
    let parts = connection.split(separator: "://", maxSplits: 1)
    guard parts.count == 2, let at = parts[1].lastIndex(of: "@") else { return false }
    return parts[1][..<at].contains(":")
  }

  private func objectStore(_ url: String) throws(CommandError) -> LakeConfiguration.ObjectStore {
    guard let key = text("s3-key-id"), let secret = text("s3-secret") else {
      throw CommandError.usage(
        "files in \(url) need s3-key-id and s3-secret", "Set MARTINET_S3_KEY_ID and MARTINET_S3_SECRET.")
    }
    return LakeConfiguration.ObjectStore(
      url: url, endpoint: text("s3-endpoint"), region: text("s3-region") ?? "us-east-1", keyID: key,
      secret: secret, sessionToken: text("s3-session-token"), usesPathStyle: text("s3-url-style") != "vhost",
      usesTLS: flag("s3-use-tls"))
  }
}

extension CommandError {
  init(_ error: LakeError) {
    self.init(error.message, hint: error.hint, exit: error.code == .configuration ? .usage : .failure)
  }
}
