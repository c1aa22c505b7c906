import Network
import PostgresWire
import Sessions
import Warehouses

/// Getting a warehouse for a session, and bringing it to where the session stands.
extension Relay {
  /// How long a session waits for a warehouse that starts, in milliseconds.
  private static let patienceMilliseconds = 60_000
  /// How long a new connection may take to be where the session stands, in milliseconds.
  private static let restoreMilliseconds = 30_000
  /// How often the client is looked at meanwhile, in milliseconds.
  private static let probeMilliseconds = 200
  /// So many prepared statements are made again at a time.
  private static let statementsPerBatch = 64

  /// Connects the session to its warehouse, waiting while that starts.
  ///
  /// - Throws: an error for the client's statement where there is none to be had, a fatal one where the session
  ///   must end.
  func connect() throws {
    let patience = Deadline(milliseconds: Self.patienceMilliseconds)
    session.set(isRunning: true)
    defer {
      session.set(isRunning: !state.isIdle)
      door.warehouses.forget(memory.warehouse, waiter: session.wake)
    }
    while true {
      switch door.warehouses.request(memory.warehouse, waiter: session.wake) {
      case .ready(let socket):
        if try connect(to: socket) { return }
        // It has just gone; whoever watches it is about to notice.
        try rest(milliseconds: 20)
      case .starting:
        try rest(milliseconds: Self.probeMilliseconds)
      case .unavailable(let error):
        let name = memory.warehouse
        memory.takeBackWarehouse()
        throw PostgresError(
          .cannotConnectNow, "warehouse \"\(name)\" is not available", detail: error.message)
      }
      if patience.isOver {
        throw PostgresError(
          .cannotConnectNow, "warehouse \"\(memory.warehouse)\" did not become ready in time")
      }
    }
  }

  /// Connects the session to its warehouse if that runs: others see it in `pg_stat_activity` before its first
  /// statement, which then need not wait. A warehouse that sleeps is let sleep.
  func connectIfReady() throws {
    let availability = door.warehouses.availability(of: memory.warehouse)
    if case .ready(let socket) = availability { _ = try connect(to: socket) }
  }

  /// Waits for a change, and for those who want to stop the wait.
  private func rest(milliseconds: Int) throws {
    if session.wake.wait(timeoutMilliseconds: milliseconds) { session.wake.clear() }
    if session.takeCancellation() {
      throw PostgresError(.queryCanceled, "canceling statement due to user request")
    }
    if session.ending == .now {
      throw PostgresError(
        severity: .fatal, .adminShutdown, "terminating connection due to administrator command")
    }
    if client.peerHasClosed() { throw NetworkError(.connectionLost, "the client has gone") }
  }

  /// - Returns: false where the warehouse went away meanwhile.
  private func connect(to socket: String) throws -> Bool {
    let stream: Network.Stream
    do throws(NetworkError) {
      stream = try Network.Stream.connect(unixPath: socket)
    } catch {
      return false
    }
    let link = BackendLink(stream: stream, warehouse: memory.warehouse, socket: socket)
    do {
      try restore(on: link)
    } catch let lost as LinkLost {
      link.close()
      door.log.debug("session \(session.key.processID): \(lost.message)")
      return false
    } catch {
      link.close()
      throw error
    }
    self.link = link
    memory.connected()
    session.connected(to: socket)
    try tellOfLostObjects()
    return true
  }

  private func tellOfLostObjects() throws {
    guard memory.hasLostObjects else { return }
    memory.toldOfLostObjects()
    var output = WireBuffer()
    BackendMessage.noticeResponse(
      PostgresError(
        severity: .warning, .crashShutdown,
        "the temporary tables of this session were lost with the process of warehouse \"\(memory.warehouse)\""
      )
    ).encode(into: &output)
    try output.withUnsafeBytes { bytes throws(NetworkError) in try client.write(bytes) }
  }

  // MARK: Where the session stands

  /// Brings a new connection to where the session stands: who it is, its settings, its prepared statements, and
  /// a transaction that has failed if the client believes in one.
  private func restore(on link: BackendLink) throws {
    let handOver = HandOver(
      secret: door.secret, key: session.key, remoteHost: client.remoteHost, remotePort: client.remotePort,
      tlsVersion: client.tlsVersion, tlsCipher: client.tlsCipher, changedSettings: memory.settings)
    var output = WireBuffer()
    handOver.adding(to: startup).encode(into: &output)
    try exchange(output, on: link, readies: 1)
    let statements = Array(memory.statements.values)
    for begin in stride(from: 0, to: statements.count, by: Self.statementsPerBatch) {
      let batch = statements[begin..<min(begin + Self.statementsPerBatch, statements.count)]
      var output = WireBuffer()
      for statement in batch {
        statement.encode(into: &output)
        // One that cannot be made again must not keep the others from it.
        FrontendMessage.sync.encode(into: &output)
      }
      try exchange(output, on: link, readies: batch.count)
    }
    if state.transaction != .idle {
      var output = WireBuffer()
      Query("BEGIN").encode(into: &output)
      Query("ROLLBACK TO SAVEPOINT lost").encode(into: &output)
      try exchange(output, on: link, readies: 2)
    }
  }

  /// Sends messages and takes the answers up to the last ReadyForQuery. Neither side waits for the other.
  private func exchange(_ messages: WireBuffer, on link: BackendLink, readies: Int) throws {
    var messages = messages
    var left = readies
    let deadline = Deadline(milliseconds: Self.restoreMilliseconds)
    while left > 0 {
      var wanted: PairEvents = [.firstReadable]
      if !messages.isEmpty { wanted.insert(.secondWritable) }
      let events = try Network.Stream.wait(
        link.stream, link.stream, for: wanted, wake: session.wake,
        timeoutMilliseconds: Self.probeMilliseconds)
      if events.contains(.woken) { try rest(milliseconds: 0) }
      if events.contains(.firstReadable) {
        guard link.receive() else { throw LinkLost(message: "the warehouse went away") }
        try link.drain(inspect: { type, body in try greet(type, body, &left) }, forward: { _ in })
      }
      if events.contains(.secondWritable), !messages.isEmpty {
        do throws(NetworkError) {
          let count = try messages.withUnsafeBytes { bytes throws(NetworkError) in
            try link.stream.writeSome(bytes)
          }
          messages.consume(count)
        } catch {
          throw LinkLost(message: error.message)
        }
      }
      if deadline.isOver { throw LinkLost(message: "the warehouse does not answer") }
      if client.peerHasClosed() { throw NetworkError(.connectionLost, "the client has gone") }
    }
  }

  /// Takes an answer that the client does not get, but for settings that differ from what it knows.
  private func greet(_ type: UInt8, _ body: UnsafeRawBufferPointer, _ left: inout Int) throws -> Bool {
    var body = WireReader(body)
    switch type {
    case ReadyForQuery.type:
      left -= 1
    case ParameterStatus.type:
      let status = try ParameterStatus(decoding: &body)
      if let news = SessionNews(status) {
        memory.learn(news)
      } else if memory.announced[status.name] != status.value {
        memory.announced[status.name] = status.value
        var output = WireBuffer()
        BackendMessage.parameterStatus(status).encode(into: &output)
        try output.withUnsafeBytes { bytes throws(NetworkError) in try client.write(bytes) }
      }
    case ErrorResponse.type:
      let error = try ErrorResponse(decoding: &body).error
      guard error.severity == .fatal || error.severity == .panic else { break }
      if error.sqlState == .cannotConnectNow { throw LinkLost(message: error.message) }
      throw error
    default: break
    }
    return false
  }
}

/// The warehouse went away before the session could go on in it.
private struct LinkLost: Error {
  let message: String
}
