import Glibc
import Lake

/// The servers that `integration/with_servers.py` starts for these tests.
enum TestServers {
  /// A connection string of libpq's for an empty PostgreSQL.
  static var postgres: String? { variable("MARTINET_TEST_POSTGRES") }
  /// `host:port` of an S3 server with the bucket `lake`.
  static var objectStore: String? { variable("MARTINET_TEST_S3") }

  private static func variable(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }
}
