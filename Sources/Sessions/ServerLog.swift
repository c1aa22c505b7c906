/// Where a server writes what an operator should know.
package protocol ServerLog: Sendable {
  func debug(_ message: String)
  func info(_ message: String)
  func error(_ message: String)
}
