import ControlStore
import DuckDB
import Lake
import Network
import PostgresWire
import SQLFront
import Sessions

/// One client's session, on a thread of its own from the first byte to the last.
///
/// The files `Session+….swift` hold its aspects: queries, portals, transactions, cursors, settings, COPY.
final class Session {
  let server: ServerContext
  let channel: ClientChannel
  let handle: SessionHandle
  let engine: EngineSession
  /// What the catalogs may ask of this session.
  let view: SessionCatalog
  let user: AuthenticatedUser
  var settings = SessionSettings()
  var block = TransactionBlock()
  var statements: [String: NamedStatement] = [:]
  var portals: [String: Portal] = [:]
  var cursors: [String: Cursor] = [:]
  /// The statement that the engine has, for the places in its errors.
  var running: (parsed: ParsedStatement, rewritten: RewrittenSQL)?
  /// The running statement's place in the warehouse.
  var ticket: Ticket?
  /// Keys that the open transaction declared.
  var declaredKeys = DeclaredKeys()
  /// Declared types of temporary tables, and of those that the open transaction made.
  var privateTypes = PrivateTypes()
  /// What the front door knows of this session.
  var told = ToldNews()
  /// The client knows that keys are not enforced.
  var hasToldUnenforced = false
  /// Settings as they were last announced by ParameterStatus.
  private var announced: [String: String] = [:]
  /// After an error in an extended query: everything up to Sync is passed over.
  private var skipsToSync = false

  init(server: ServerContext, channel: ClientChannel, handle: SessionHandle, user: AuthenticatedUser) {
    self.user = user
    self.server = server
    self.channel = channel
    self.handle = handle
    view = SessionCatalog(
      SessionCatalog.Facts(
        snapshot: .empty,
        identity: CatalogIdentity(
          user: "", database: Lake.databaseName, processID: handle.processID),
        settings: SessionSettings()))
    engine = EngineSession(lake: server.lake, catalog: server.catalog, view: view, handle: handle)
  }

  // MARK: The conversation

  /// Talks to the client until one of them ends it.
  func run(_ startup: StartupMessage, _ handOver: HandOver) {
    do {
      try server.catalog.running(view) {
        try begin(startup, handOver)
        try converse()
      }
    } catch let error as PostgresError {
      farewell(error)
    } catch let error as WireError {
      farewell(error.postgresError)
    } catch let error as NetworkError {
      server.log.debug("session \(handle.processID): \(error)")
    } catch {
      farewell(PostgresError(severity: .fatal, .internalError, "\(error)"))
    }
    finish()
  }

  private func farewell(_ error: PostgresError) {
    var last = error
    last.severity = .fatal
    channel.send(.errorResponse(last))
    // The client may be gone already; there is nobody else to tell.
    try? channel.flush()
  }

  private func finish() {
    for portal in portals.values { portal.close() }
    portals = [:]
    cursors = [:]
    engine.discard()
    leaveSlot()
  }

  private func begin(_ startup: StartupMessage, _ handOver: HandOver) throws {
    settings = try SessionSettings(server: server.configuration, user: user, startup: startup)
    for (name, value) in handOver.changedSettings { try settings.set(name, to: value) }
    let application = settings["application_name"] ?? ""
    handle.update { [user] in
      $0.user = user.name
      $0.isSuperuser = user.isSuperuser
      $0.application = application
    }
    channel.send(.authentication(.ok))
    announceSettings()
    channel.send(
      .backendKeyData(BackendKeyData(processID: handle.processID, secretKey: handle.secret)))
    try ready()
  }

  private func converse() throws {
    while true {
      guard let message = try nextMessage() else { return }
      if skipsToSync {
        switch message {
        case .sync, .terminate: break
        default: continue
        }
      }
      if case .terminate = message { return }
      try handle(message)
    }
  }

  /// Waits for the client, no longer than its settings allow.
  private func nextMessage() throws -> FrontendMessage? {
    while true {
      if let termination = handle.termination { throw termination.error }
      do {
        if let message = try channel.buffered() { return message }
      } catch {
        if error.isFatal { throw error }
        try refuse(messageOfType: channel.decoder.refusedType ?? 0, error)
        continue
      }
      let name = block.isExplicit ? "idle_in_transaction_session_timeout" : "idle_session_timeout"
      let limit = settings.milliseconds(name)
      switch try channel.stream.wait(timeoutMilliseconds: limit > 0 ? limit : nil, wake: handle.wake) {
      case .readable: break
      case .woken:
        handle.wake.clear()
        continue
      case .timedOut: throw Self.idleTooLong(inTransaction: block.isExplicit)
      }
      guard try channel.receive() else { return nil }
    }
  }

  /// A message whose body cannot be read: of the extended protocol it makes the session pass over everything up to
  /// Sync, of the simple one the session is ready again.
  private func refuse(messageOfType type: UInt8, _ error: WireError) throws {
    let isExtended = Self.extendedTypes.contains(type)
    if type == UInt8(ascii: "S") {
      skipsToSync = false
    } else if skipsToSync {
      return
    }
    try fail(error.postgresError)
    if isExtended { skipsToSync = true } else { try ready() }
  }

  private static let extendedTypes = Set("PBDECH".utf8)

  private static func idleTooLong(inTransaction: Bool) -> PostgresError {
    inTransaction
      ? PostgresError(
        severity: .fatal, .idleInTransactionSessionTimeout,
        "terminating connection due to idle-in-transaction timeout")
      : PostgresError(
        severity: .fatal, .idleSessionTimeout, "terminating connection due to idle-session timeout")
  }

  private func handle(_ message: FrontendMessage) throws {
    switch message {
    case .query(let query): try simpleQuery(query.text)
    case .parse(let message): try extended { try parse(message) }
    case .bind(let message): try extended { try bind(message) }
    case .describe(let message): try extended { try describe(message) }
    case .execute(let message): try extended { try execute(message) }
    case .close(let message): try extended { close(message) }
    case .flush: try channel.flush()
    case .sync:
      skipsToSync = false
      try sync()
    case .functionCall:
      try fail(
        PostgresError(
          .featureNotSupported, "function call messages are not supported",
          hint: "Call the function in a SELECT."))
      try ready()
    case .copyData, .copyDone, .copyFail:
      // A COPY that failed on this side: the client notices when its data has been sent.
      break
    default:
      throw PostgresError(severity: .fatal, .protocolViolation, "unexpected message from the client")
    }
  }

  /// Runs one step of the extended protocol; an error makes the session pass over everything up to Sync.
  private func extended(_ step: () throws -> Void) throws {
    do {
      try step()
    } catch {
      skipsToSync = true
      try fail(try report(error))
      // A client that sent Flush instead of Sync waits for the error.
      try channel.flush()
    }
  }

  // MARK: Answers

  /// An error in a form that the client can be told, or the error itself where the session must end.
  func report(_ error: any Error) throws -> PostgresError {
    switch error {
    case let error as PostgresError:
      if error.severity == .fatal { throw error }
      return error
    case let error as DuckDBError:
      if error.type == .interrupt, let interruption = handle.interruption {
        if case .terminated = interruption { throw handle.termination?.error ?? interruption.error }
        if case .clientGone = interruption { throw interruption.error }
        return interruption.error
      }
      if error.isOfServer { server.report(error) }
      return PostgresError(error, position: position(of: error))
    case let error as LakeError:
      return PostgresError(error)
    case let error as SQLError:
      return PostgresError(error, source: nil)
    default:
      if error is NetworkError || error is WireError { throw error }
      return PostgresError(.internalError, "\(error)")
    }
  }

  /// Where in the client's text an error of the engine lies, in characters counted from 1.
  private func position(of error: DuckDBError) -> Int? {
    guard let position = error.position, let running else { return nil }
    let source = running.rewritten.positions.sourcePosition(of: position)
    return running.parsed.source.characterPosition(ofByte: source)
  }

  /// Tells the client of an error and undoes what the error undoes.
  func fail(_ error: PostgresError) throws {
    channel.send(.errorResponse(error))
    let survives = block.state == .open && !block.savepoints.isEmpty && engine.hasSoundTransaction
    if block.fail(engineSurvives: survives) == .rollback {
      endTransaction(committed: false) { engine.rollback() }
    }
    engine.finishWrite()
    leaveSlot()
    if error.sqlState == .diskFull, block.state != .open { server.reclaimSpace() }
  }

  /// Sends a notice if the client wants ones of its kind.
  func notice(_ notice: PostgresError) {
    let order = ["debug", "log", "info", "notice", "warning", "error"]
    let wanted = settings["client_min_messages"] ?? "notice"
    let least = order.firstIndex { wanted.hasPrefix($0) } ?? 3
    let rank = order.firstIndex(of: notice.severity.rawValue.lowercased()) ?? 3
    if rank >= least { channel.send(.noticeResponse(notice)) }
  }

  func notice(_ message: String, _ state: SQLState = .successfulCompletion, hint: String? = nil) {
    notice(PostgresError(severity: .notice, state, message, hint: hint))
  }

  func warning(_ state: SQLState, _ message: String) {
    notice(PostgresError(severity: .warning, state, message))
  }

  /// Announces settings that changed since the last time.
  func announceSettings() {
    let reported = settings.reported
    guard reported != announced else { return }
    for (name, value) in reported.sorted(by: { $0.key < $1.key }) where announced[name] != value {
      channel.send(.parameterStatus(ParameterStatus(name, value)))
    }
    announced = reported
    let application = settings["application_name"] ?? ""
    handle.update { $0.application = application }
  }

  /// The session waits for the next query.
  func ready() throws {
    leaveSlot()
    announceSettings()
    tellFrontDoor()
    channel.send(.readyForQuery(block.status))
    let activity: SessionHandle.Activity =
      switch block.state {
      case .idle, .implicit: .idle
      case .open: .idleInTransaction
      case .failed: .failedTransaction
      }
    handle.end(activity)
    try channel.flush()
    channel.shrink()
    if block.state == .idle { engine.endRead() }
  }
}
