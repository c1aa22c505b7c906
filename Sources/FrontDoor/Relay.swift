import Network
import PostgresWire
import Sessions

/// Takes bytes between a client and its warehouse, both ways, on the session's thread.
///
/// What the client sends is kept until the warehouse takes it, and no more is read meanwhile; what the warehouse
/// sends goes to the client at once, however long the client takes. So neither side's slowness fills memory, and
/// a warehouse that waits for its answers to be read never waits for itself.
final class Relay {
  /// How much of the client is read at a time, in bytes.
  private static let readBytes = 64 << 10

  let door: DoorContext
  let session: DoorSession
  let client: Network.Stream
  let startup: StartupMessage
  /// What the session began with.
  let settings: SessionSettings
  var state = RelayState()
  /// What another process needs to go on with the session.
  var memory: SessionMemory
  var link: BackendLink?
  /// What the client has sent and the warehouse has not got.
  var input: WireBuffer
  /// How many bytes at the front of `input` go to the warehouse.
  private var forwardable = 0
  /// Bytes of the message behind them that go there too and have not arrived or been looked at.
  private var frameRest = 0
  /// Bytes of a message at the front of `input` that nobody wants.
  private var dropRest = 0
  private var isLeaving = false
  private var isShownRunning = false

  init(
    door: DoorContext, session: DoorSession, startup: StartupMessage, settings: SessionSettings,
    announced: [String: String], unread: WireBuffer
  ) {
    self.door = door
    self.session = session
    client = session.stream
    self.startup = startup
    self.settings = settings
    memory = SessionMemory(announced: announced, warehouse: settings["warehouse"] ?? "")
    input = unread
  }

  /// Relays until the client or the session ends.
  func run() throws {
    defer { disconnect() }
    try connectIfReady()
    while true {
      try scan()
      try push()
      if isLeaving, forwardable == 0 { return }
      showRunning()
      try checkEnding()
      if state.isIdle, input.isEmpty {
        input.removeAll(keepingCapacity: 0)
        link?.shrink()
      }
      let timeout = idleTimeoutMilliseconds
      let events = try Network.Stream.wait(
        client, link?.stream, for: wanted, wake: session.wake, timeoutMilliseconds: timeout)
      if events.isEmpty, timeout != nil {
        throw PostgresError(
          severity: .fatal, .idleSessionTimeout, "terminating connection due to idle-session timeout")
      }
      if events.contains(.woken) { session.wake.clear() }
      if events.contains(.secondReadable) { try readBackend() }
      if events.contains(.firstReadable), try !readClient() { return }
    }
  }

  private var wanted: PairEvents {
    var wanted: PairEvents = []
    if forwardable == 0 { wanted.insert(.firstReadable) } else { wanted.insert(.secondWritable) }
    if link != nil { wanted.insert(.secondReadable) }
    return wanted
  }

  /// Without a warehouse nobody else looks at the client's idle time.
  private var idleTimeoutMilliseconds: Int? {
    guard link == nil, state.isIdle else { return nil }
    let name = "idle_session_timeout"
    let changed = memory.settings[name].flatMap { SettingDefinition.milliseconds($0) }
    let limit = changed ?? settings.milliseconds(name)
    return limit > 0 ? limit : nil
  }

  private func showRunning() {
    let isRunning = !state.isIdle
    guard isRunning != isShownRunning else { return }
    isShownRunning = isRunning
    session.set(isRunning: isRunning)
  }

  /// Ends the session if it was asked to.
  func checkEnding() throws {
    guard let ending = session.ending, ending == .now || state.isIdle else { return }
    if let link, !state.isIdle { session.cancel(at: link.socket) }
    // Half a message was sent: nothing can be said any more.
    if let link, link.passing > 0 { throw NetworkError(.closed, "the session was ended inside a message") }
    throw PostgresError(
      severity: .fatal, .adminShutdown, "terminating connection due to administrator command")
  }

  // MARK: From the client

  /// - Returns: false where the client has gone.
  private func readClient() throws(NetworkError) -> Bool {
    let count: Int
    do throws(NetworkError) {
      let before = input.count
      try input.appendUnsafe(minimumCapacity: Self.readBytes) { space throws(NetworkError) in
        try client.read(into: space)
      }
      count = input.count - before
    } catch {
      abandonStatement()
      throw error
    }
    if count == 0 { abandonStatement() }
    return count > 0
  }

  /// The client has gone: what runs for it is stopped at once.
  private func abandonStatement() {
    if let link, !state.isIdle { session.cancel(at: link.socket) }
  }

  /// Looks at the headers of what the client has sent and decides what becomes of it.
  private func scan() throws {
    while !isLeaving {
      if dropRest > 0 {
        let count = min(dropRest, input.count)
        input.consume(count)
        dropRest -= count
        if dropRest > 0 { return }
      }
      if frameRest > 0 {
        let count = min(frameRest, input.count - forwardable)
        forwardable += count
        frameRest -= count
        if frameRest > 0 { return }
      }
      guard let type = input.peek(UInt8.self, at: forwardable),
        let length = input.peek(UInt32.self, at: forwardable + 1)
      else { return }
      // A length that cannot be: the warehouse says so and ends the session.
      let size = length < 4 || length > Int32.max ? Int.max / 2 : Int(length) + 1
      guard try take(type, size) else { return }
    }
  }

  /// Decides about one message.
  ///
  /// - Returns: false where it must wait for what stands before it, or for its own bytes.
  private func take(_ type: UInt8, _ size: Int) throws -> Bool {
    let step = state.step(type)
    if step == .forward, link != nil, !memory.wantsOtherWarehouse(state) {
      state.forwarded(type)
      frameRest = size
      return true
    }
    // Everything else happens at the front of the input.
    guard forwardable == 0 else { return false }
    switch step {
    case .leave:
      isLeaving = true
    case .drop:
      dropRest = size
    case .answerReady:
      try answer([state.skipped()], with: nil)
      dropRest = size
    case .forward:
      if memory.wantsOtherWarehouse(state) { disconnect() }
      if state.lossIsUntold {
        guard let accepts = acceptsLoss(type, size) else { return false }
        guard accepts else {
          try answer(state.refuse(type), with: lossError)
          dropRest = size
          return true
        }
        state.acceptLoss()
      }
      do {
        try connect()
      } catch let error as PostgresError where error.severity != .fatal {
        try answer(state.refuse(type), with: error)
        dropRest = size
        return true
      }
      state.forwarded(type)
      frameRest = size
    }
    return true
  }

  /// Gives the warehouse what it takes.
  private func push() throws {
    guard forwardable > 0, let link else { return }
    do throws(NetworkError) {
      let count = try input.withUnsafeBytes { bytes throws(NetworkError) in
        try link.stream.writeSome(UnsafeRawBufferPointer(rebasing: bytes[..<forwardable]))
      }
      input.consume(count)
      forwardable -= count
    } catch {
      // It may have said why before it went.
      while link.receive() { try drain(link) }
      try lose(link)
    }
  }

  // MARK: From the warehouse

  private func readBackend() throws {
    guard let link else { return }
    if link.receive() { try drain(link) } else { try lose(link) }
  }

  private func drain(_ link: BackendLink) throws {
    try link.drain(
      inspect: { type, body in try inspect(type, body) },
      forward: { bytes in try client.write(bytes) })
  }

  /// - Returns: whether the client gets the message.
  private func inspect(_ type: UInt8, _ body: UnsafeRawBufferPointer) throws -> Bool {
    var body = WireReader(body)
    switch type {
    case ParameterStatus.type:
      let status = try ParameterStatus(decoding: &body)
      guard let news = SessionNews(status) else {
        memory.announced[status.name] = status.value
        return true
      }
      if case .ignoredSync = news { state.ignoredSync() } else { memory.learn(news) }
      return false
    case ReadyForQuery.type:
      state.ready(try ReadyForQuery(decoding: &body).status)
    case ErrorResponse.type:
      let error = try ErrorResponse(decoding: &body).error
      guard error.severity == .fatal || error.severity == .panic else {
        state.failed()
        return true
      }
      // The warehouse stops: the session stays. Its end comes next, and is treated as what it is.
      if error.sqlState == .cannotConnectNow { return false }
      throw error
    default: break
    }
    return true
  }

  // MARK: Losing it

  /// The warehouse has gone: tells the client what it must know, and keeps the session.
  private func lose(_ link: BackendLink) throws {
    let wasMidway = link.passing > 0
    let what = "session \(session.key.processID) lost its connection to warehouse \(link.warehouse)"
    disconnect()
    memory.lostWarehouse()
    input.consume(forwardable)
    forwardable = 0
    dropRest = frameRest
    frameRest = 0
    if wasMidway { throw NetworkError(.connectionLost, "\(what) inside a message") }
    let answers = state.lost()
    door.log.debug(what)
    if !answers.isEmpty { try answer(answers, with: lossError) }
  }

  private var lossError: PostgresError {
    PostgresError(
      .crashShutdown, "warehouse \"\(memory.warehouse)\" ended while it worked for this session",
      detail: state.transaction == .idle
        ? nil : "The open transaction is lost, unless it was being committed.",
      hint: "The session goes on: repeat the statement, or the transaction from its beginning.")
  }

  /// Whether the client's next message ends the lost transaction by itself; nil where more bytes are needed.
  private func acceptsLoss(_ type: UInt8, _ size: Int) -> Bool? {
    guard type == Query.type || type == Parse.type, size <= 512 else { return false }
    guard input.count >= size else { return nil }
    return input.withUnsafeBytes { bytes in
      var body = WireReader(UnsafeRawBufferPointer(rebasing: bytes[5..<size]))
      let text = type == Query.type ? try? Query(decoding: &body).text : try? Parse(decoding: &body).text
      return LostTransaction.isEnded(by: text ?? "")
    }
  }

  /// Sends what the front door itself has to say.
  func answer(_ answers: [RelayState.Answer], with error: PostgresError?) throws {
    var output = WireBuffer()
    for answer in answers {
      switch answer {
      case .error:
        if let error { BackendMessage.errorResponse(error).encode(into: &output) }
      case .ready(let status): BackendMessage.readyForQuery(status).encode(into: &output)
      }
    }
    try output.withUnsafeBytes { bytes throws(NetworkError) in try client.write(bytes) }
  }

  func disconnect() {
    guard let link else { return }
    link.close()
    self.link = nil
    session.connected(to: nil)
  }
}
