import Sessions

extension Logger: ServerLog {
  func debug(_ message: String) { log(.debug, message) }
  func info(_ message: String) { log(.info, message) }
  func error(_ message: String) { log(.error, message) }
}
